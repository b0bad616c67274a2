import type { CloudEvent, DowntimeRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { keepUnitHours } from '../alerts/unit-hours.ts';
import { forgetCells } from '../cells/forget-cells.ts';
import type { Deps } from '../deps.ts';
import { countUp } from '../facts/known-facts.ts';
import { factOf, rememberFacts, type Extent, type Fact } from '../facts/remember-facts.ts';
import { lockLines, postLosses, PRICES_LOCK, type Touched } from './post-losses.ts';

/** Something happened on the lines: it is kept, and the losses of the time it touches are posted. */
export const onFacts =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    const told = events.flatMap((event) => {
      const fact = factOf(event);
      return fact === undefined ? [] : [{ event, fact }];
    });
    if (told.length === 0) return;
    await tx.lockShared(PRICES_LOCK);
    await lockLines(
      tx,
      told.map(({ fact }) => fact.line_id),
    );
    const before = await rememberFacts(
      tx,
      told.map(({ fact }) => fact),
    );
    const at = now();
    const touching = [...told.map(({ fact }) => fact), ...before];
    await countUp(
      tx,
      touching.map(({ line_id }) => line_id),
    );
    await forgetCells(tx, touching, at);
    await keepUnitHours(tx, touching);
    const named = Map.groupBy(await batchesNamed(tx, touching), ({ named_by }) => named_by);
    const points = told.filter(({ fact }) => isPoint(fact)).map(({ fact }) => fact);
    const posting = new Set(await pointsThatPost(tx, points));
    const parts = await extentsOfParts(
      tx,
      told.map(({ fact }) => fact),
    );
    const touched = told.flatMap(({ event, fact }): Touched[] => {
      const ofBatches = named.get(fact.id) ?? [];
      if (isPoint(fact) && !posting.has(fact.id) && !ofBatches.some(({ closed }) => closed)) return [];
      const { id: event_id, actor, traceparent } = event;
      const cause = { event_id, actor, ...(traceparent === undefined ? {} : { traceparent }) };
      // A trial pays nothing itself; units also count in the batch they name when their own time lies outside it.
      const own = fact.kind === 'trial' ? [] : [{ ...fact, ...parts.get(fact.id), ...aroundLoose(fact), source_ids: [fact.id] }];
      // What runs on covers everything since; units of a batch that runs on pay nothing for it yet.
      const runsOn = fact.kind === 'stop' || fact.kind === 'batch' || fact.kind === 'trial';
      return [...own, ...ofBatches].map(({ line_id, source_ids, ...span }) => ({
        line_id,
        interval: runsOn
          ? intervalOf(span, at)
          : { ...intervalOf(span, at), ...(span.ended === null ? { to: Date.parse(span.began) } : {}) },
        source_ids,
        cause,
      }));
    });
    const last = touched.at(-1);
    const earlier =
      last === undefined
        ? []
        : before
            .filter(({ line_id }) => touched.some((one) => one.line_id === line_id))
            .map((span) => ({ ...last, line_id: span.line_id, interval: intervalOf(span, at), source_ids: [] }));
    await postLosses(tx, [...earlier, ...touched], at);
  };

const DAY_MS = 86_400_000;
/** A state, or a count of no batch, says that its whole shift was busy: scrap of no batch lies somewhere in it. */
const aroundLoose = (fact: Fact) => {
  if (!isPoint(fact) || fact.batch_id !== null || fact.batch_number !== null) return {};
  const at = Date.parse(fact.began);
  return { began: new Date(at - DAY_MS).toISOString(), ended: new Date(at + DAY_MS).toISOString() };
};

const isPoint = ({ kind }: Fact) => kind === 'count' || kind === 'state';
/** Clocks differ: what was told a moment ago may lie a little ahead. */
const AHEAD_MS = 10 * 60_000;
const intervalOf = ({ began, ended }: Pick<Fact, 'began' | 'ended'>, soFar: string) => {
  const from = Date.parse(began);
  return { from, to: ended === null ? Math.max(from, Date.parse(soFar) + AHEAD_MS) : Date.parse(ended) };
};

/** Where the whole of each split stop lies: its parts stand and fall by it together. */
const extentsOfParts = async (tx: Tx, facts: readonly Fact[]): Promise<Map<string, Pick<Fact, 'began' | 'ended'>>> => {
  const split = facts.flatMap(({ kind, id, data }) => {
    const { origin_id } = data as Partial<DowntimeRow>;
    return kind === 'stop' && typeof origin_id === 'string' ? [{ id, origin_id }] : [];
  });
  if (split.length === 0) return new Map();
  const rows = await tx.query<Pick<Fact, 'began' | 'ended'> & { origin_id: string }>(
    `select data->>'origin_id' as origin_id, min(began) as began, max(coalesce(ended, began)) as ended from fact
     where tenant_id = $1 and kind = 'stop' and data->>'origin_id' = any($2) group by 1`,
    [tx.tenant, split.map(({ origin_id }) => origin_id)],
  );
  const byOrigin = new Map(rows.map(({ origin_id, ...extent }) => [origin_id, extent]));
  return new Map(
    split.flatMap(({ id, origin_id }) => (byOrigin.has(origin_id) ? [[id, byOrigin.get(origin_id) as Pick<Fact, 'began' | 'ended'>]] : [])),
  );
};

type NamedBatch = Pick<Fact, 'line_id' | 'began' | 'ended'> & { named_by: string; source_ids: string[]; closed: boolean };

/** The batches that units and trials name, by id or by number, with the time of each. */
const batchesNamed = async (tx: Tx, facts: readonly Extent[]): Promise<NamedBatch[]> => {
  const naming = facts.filter(({ kind }) => kind === 'count' || kind === 'scrap' || kind === 'trial');
  if (naming.length === 0) return [];
  return tx.query<NamedBatch>(
    `with n as (select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as n(id, line_id, batch_id, batch_number)),
          b as (select n.id as named_by, f.* from n join fact f on f.tenant_id = $1 and f.kind = 'batch' and f.id = n.batch_id
                union select n.id, f.* from n join fact f on f.tenant_id = $1 and f.kind = 'batch' and f.line_id = n.line_id and f.batch_number = n.batch_number and n.batch_id is null)
     select b.named_by, b.line_id, b.began, b.ended, array[b.id] as source_ids,
            b.ended is not null or exists (select from fact x where x.tenant_id = $1 and x.line_id = b.line_id and x.kind = 'batch' and x.began > b.began) as closed
     from b`,
    [
      tx.tenant,
      naming.map(({ id }) => id),
      naming.map(({ line_id }) => line_id),
      naming.map(({ batch_id }) => batch_id),
      naming.map(({ batch_number }) => batch_number),
    ],
  );
};

/** Counts and states pay nothing themselves. They matter where a closed batch, or scrap of no batch, stands on them. */
const pointsThatPost = async (tx: Tx, points: readonly Fact[]): Promise<string[]> => {
  if (points.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select p.id from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::boolean[]) as p(id, line_id, at, loose) where
       exists (select from spans_over(p.line_id, tstzrange(p.at - interval '1 ms', p.at, '[]')) b where b.kind = 'batch'
         and (b.ended is not null or exists (select from fact n where n.tenant_id = $1 and n.line_id = b.line_id and n.kind = 'batch' and n.began > b.began)))
       or (p.loose and exists (select from fact s where s.tenant_id = $1 and s.line_id = p.line_id and s.kind = 'scrap' and s.batch_id is null and s.batch_number is null
         and s.began between p.at - interval '1 day' and p.at + interval '1 day'))`,
    [
      tx.tenant,
      points.map(({ id }) => id),
      points.map(({ line_id }) => line_id),
      points.map(({ began }) => began),
      // A count of no batch makes its shift busy, as a state does.
      points.map(({ kind, batch_id, batch_number }) => kind === 'state' || (batch_id === null && batch_number === null)),
    ],
  );
  return rows.map(({ id }) => id);
};

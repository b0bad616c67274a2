/** What a fact touches besides its own time: parts of one stop, batches that units name, units that name a batch, scrap of no batch. */
import type { CloudEvent, DowntimeRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { laterBatches } from '../facts/later-batches.ts';
import type { Extent, Fact } from '../facts/store-facts.ts';
import type { Touched } from './post-losses.ts';

/** A fact and the event that told it. */
export type Told = { readonly event: CloudEvent; readonly fact: Fact };

export const causeOf = ({ id: event_id, actor, traceparent }: CloudEvent) => ({
  event_id,
  actor,
  ...(traceparent === undefined ? {} : { traceparent }),
});

export const isPoint = ({ kind }: Fact) => kind === 'count' || kind === 'state';
/** Clocks differ: what was told a moment ago may lie a little ahead. */
const AHEAD_MS = 10 * 60_000;
export const intervalOf = ({ began, ended }: Pick<Fact, 'began' | 'ended'>, soFar: string) => {
  const from = Date.parse(began);
  return { from, to: ended === null ? Math.max(from, Date.parse(soFar) + AHEAD_MS) : Date.parse(ended) };
};

/** Where the whole of each split stop lies: its parts stand and fall by it together. */
export const extentsOfParts = async (tx: Tx, facts: readonly Fact[]): Promise<Map<string, Pick<Fact, 'began' | 'ended'>>> => {
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

/** Where units lie that name these batches: until those were known, they counted in whatever batch ran at the time. */
export const unitsNaming = async (tx: Tx, told: readonly Told[]): Promise<Touched[]> => {
  const batches = told.filter(({ fact }) => fact.kind === 'batch');
  if (batches.length === 0) return [];
  const rows = await tx.query<{ line_id: string; began: string; batch_id: string }>(
    `select u.line_id, u.began, u.batch_id from fact u where u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id = any($2::uuid[])
     union all select u.line_id, u.began, b.id from unnest($2::uuid[], $3::uuid[], $4::text[]) as b(id, line_id, batch_number)
       join fact u on u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id is null and u.line_id = b.line_id and u.batch_number = b.batch_number`,
    [tx.tenant, batches.map(({ fact }) => fact.id), batches.map(({ fact }) => fact.line_id), batches.map(({ fact }) => fact.batch_number)],
  );
  const events = new Map(batches.map(({ event, fact }) => [fact.id, event]));
  return rows.flatMap(({ line_id, began, batch_id }) => {
    const event = events.get(batch_id);
    const at = Date.parse(began);
    return event ? [{ line_id, interval: { from: at, to: at }, source_ids: [], cause: causeOf(event) }] : [];
  });
};

type NamedBatch = Pick<Fact, 'line_id' | 'began' | 'ended'> & { named_by: string; source_ids: string[]; closed: boolean };

/** The batches that units and trials name, by id or by number, with the time of each. */
export const batchesNamed = async (tx: Tx, facts: readonly Extent[]): Promise<NamedBatch[]> => {
  const naming = facts.filter(({ kind }) => kind === 'count' || kind === 'scrap' || kind === 'trial');
  if (naming.length === 0) return [];
  return tx.query<NamedBatch>(
    `with n as (select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as n(id, line_id, batch_id, batch_number)),
          b as (select n.id as named_by, f.* from n join fact f on f.tenant_id = $1 and f.kind = 'batch' and f.id = n.batch_id
                union select n.id, f.* from n join fact f on f.tenant_id = $1 and f.kind = 'batch' and f.line_id = n.line_id and f.batch_number = n.batch_number and n.batch_id is null)
     select b.named_by, b.line_id, b.began, b.ended, array[b.id] as source_ids,
            b.ended is not null or exists (select from ${laterBatches('b')}) as closed
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

/**
 * Counts and states pay nothing themselves. They matter where a closed batch stands on them, and a state, which lasts to the next one and
 * ends what was left open before it, also to scrap that was made since. Those that do, with the end of the time they matter to.
 */
export const pointsThatPost = async (tx: Tx, points: readonly Fact[], now: string): Promise<Map<string, { readonly ended: string }>> => {
  if (points.length === 0) return new Map();
  const rows = await tx.query<{ id: string; ended: string }>(
    `select p.id, p.ended from (
       select p.*, case when p.is_state then coalesce((select min(n.began) from fact n where n.tenant_id = $1 and n.line_id = p.line_id and n.kind = 'state' and n.began > p.at), greatest(p.at, $6)) else p.at end as ended
       from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::boolean[]) as p(id, line_id, at, is_state)) p
     where exists (select from spans_over(p.line_id, tstzrange(p.at - interval '1 ms', p.ended, '[]')) b where b.kind = 'batch'
         and (b.ended is not null or exists (select from ${laterBatches('b')})))
       or p.is_state and exists (select from fact s where s.tenant_id = $1 and s.line_id = p.line_id and s.kind = 'scrap' and s.began >= p.at)`,
    [
      tx.tenant,
      points.map(({ id }) => id),
      points.map(({ line_id }) => line_id),
      points.map(({ began }) => began),
      points.map(({ kind }) => kind === 'state'),
      now,
    ],
  );
  return new Map(rows.map(({ id, ended }) => [id, { ended }]));
};

import type { CloudEvent } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { factOf, rememberFacts, type Fact } from '../facts/remember-facts.ts';
import { postLosses, type Touched } from './post-losses.ts';

/** Something happened on the lines: it is kept, and the losses of the time it touches are posted. */
export const onFacts =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    const told = events.flatMap((event) => {
      const fact = factOf(event);
      return fact === undefined ? [] : [{ event, fact }];
    });
    if (told.length === 0) return;
    const before = await rememberFacts(
      tx,
      told.map(({ fact }) => fact),
    );
    const [points, spans] = [told.filter(({ fact }) => isPoint(fact)), told.filter(({ fact }) => !isPoint(fact))];
    const posting = new Set(
      await pointsThatPost(
        tx,
        points.map(({ fact }) => fact),
      ),
    );
    const touched: Touched[] = [...spans, ...points.filter(({ fact }) => posting.has(fact.id))].map(({ event, fact }) => ({
      line_id: fact.line_id,
      interval: intervalOf(fact),
      source_ids: [fact.kind === 'trial' ? fact.batch_id : fact.id].filter((id) => id !== null),
      cause: { event_id: event.id, actor: event.actor, ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }) },
    }));
    const last = touched.at(-1);
    const earlier =
      last === undefined
        ? []
        : before
            .filter(({ line_id }) => touched.some((one) => one.line_id === line_id))
            .map((span) => ({ ...last, line_id: span.line_id, interval: intervalOf(span), source_ids: [] }));
    await postLosses(tx, [...earlier, ...touched], now());
  };

const isPoint = ({ kind }: Fact) => kind === 'count' || kind === 'state';
const intervalOf = ({ began, ended }: Pick<Fact, 'began' | 'ended'>) => ({ from: Date.parse(began), to: Date.parse(ended ?? began) });

/** Counts and states pay nothing themselves. They matter where a closed batch, or scrap of no batch, stands on them. */
const pointsThatPost = async (tx: Tx, points: readonly Fact[]): Promise<string[]> => {
  if (points.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select p.id from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) as p(id, line_id, at, kind) where
       exists (select from fact b where b.tenant_id = $1 and b.line_id = p.line_id and b.kind = 'batch' and tstzrange(b.began, b.ended) && tstzrange(p.at - interval '1 ms', p.at, '[]')
         and (b.ended is not null or exists (select from fact n where n.tenant_id = $1 and n.line_id = b.line_id and n.kind = 'batch' and n.began > b.began)))
       or (p.kind = 'state' and exists (select from fact s where s.tenant_id = $1 and s.line_id = p.line_id and s.kind = 'scrap' and s.batch_id is null and s.batch_number is null
         and s.began between p.at - interval '1 day' and p.at + interval '1 day'))`,
    [
      tx.tenant,
      points.map(({ id }) => id),
      points.map(({ line_id }) => line_id),
      points.map(({ began }) => began),
      points.map(({ kind }) => kind),
    ],
  );
  return rows.map(({ id }) => id);
};

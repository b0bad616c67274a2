/** What is stored of derived stops, and of what people said of them. */
import type { DowntimeRow } from '@plantops/contracts';
import { columnsOf, type Tx } from '@plantops/persistence';
import { Downtime } from '../downtimes/downtime.table.ts';
import type { KnownStop } from './identity.rules.ts';
import type { Interval } from './time.rules.ts';
import type { Word } from './words.rules.ts';

type Placed = {
  readonly downtime_id: string;
  readonly first_from: string;
  readonly derived_from: string;
  readonly given_from: string | null;
  readonly given_to: string | null;
  readonly is_fixed: boolean;
  readonly takes_rest: boolean;
  readonly taken_from: string | null;
  readonly taken_to: string | null;
};

/**
 * The rows that were derived in this time, from states (event) or from silence, and those that a person gave time in it;
 * and what people said in it. Call under the line's lock.
 */
export const storedIn = async (
  tx: Tx,
  lineId: string,
  around: Interval,
  source: 'event' | 'silence',
): Promise<{ known: KnownStop[]; words: Word[] }> => {
  const placed = await placedIn(tx, lineId, around);
  // Two statements: joined in one of them, a table without statistics is read once for each row of the other.
  const rows = await tx.query<DowntimeRow>(
    `select ${columnsOf(Downtime)}
     from downtime
     where tenant_id = $1 and id = any($2::uuid[]) and (source = 'silence') = $3
     for update`,
    [tx.tenant, placed.map(({ downtime_id }) => downtime_id), source === 'silence'],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = placed.flatMap(({ downtime_id, ...one }) => {
    const row = byId.get(downtime_id);
    return row === undefined ? [] : [knownOf(row, one, around)];
  });
  // After the rows: what a person is just saying of one is stored when its lock is free.
  return { known, words: await wordsIn(tx, lineId, around) };
};

const placedIn = (tx: Tx, lineId: string, around: Interval): Promise<Placed[]> =>
  tx.query<Placed>(
    [
      'derived_from >= $3 and ($4::timestamptz is null or derived_from < $4)',
      'taken_from is not null and taken_to > $3 and ($4::timestamptz is null or taken_from < $4)',
    ]
      .map(
        (lies) =>
          `select downtime_id, coalesce(first_from, derived_from) as first_from, derived_from, given_from, given_to,
             is_fixed, takes_rest, taken_from, nullif(taken_to, 'infinity') as taken_to
           from state_stop
           where tenant_id = $1 and line_id = $2 and ${lies}`,
      )
      .join(' union '),
    [tx.tenant, lineId, around.from, around.to],
  );

const knownOf = (row: DowntimeRow, placed: Omit<Placed, 'downtime_id'>, around: Interval): KnownStop => {
  const { first_from, derived_from, given_from, given_to, is_fixed, takes_rest, taken_from, taken_to } = placed;
  return {
    row,
    first_from,
    derived_from,
    isNear: derived_from >= around.from && (around.to === null || derived_from < around.to),
    given: { from: given_from, to: given_to },
    fixed: is_fixed ? { from: taken_from ?? row.start_time, to: taken_to, takesRest: takes_rest } : null,
  };
};

const wordsIn = (tx: Tx, lineId: string, around: Interval): Promise<Word[]> =>
  tx.query<Word>(
    `select downtime_id, "from", "to", said
     from stop_word
     where tenant_id = $1 and line_id = $2 and "to" > $3 and ($4::timestamptz is null or "from" < $4)
     order by id`,
    [tx.tenant, lineId, around.from, around.to],
  );

/** What is stored of derived stops, and of what people said of them. */
import type { DowntimeRow } from '@plantops/contracts';
import { columnsOf, type Tx } from '@plantops/persistence';
import { Downtime } from '../downtimes/downtime.table.ts';
import type { KnownStop } from './identity.rules.ts';
import type { Interval } from './time.rules.ts';
import type { Word } from './words.rules.ts';

/**
 * The rows that were derived in this time, from states (event) or from silence, and those that a person gave time in it. Read the words after them: what a
 * person is just saying of a row is stored when its lock is free.
 */
export const knownIn = async (
  tx: Tx,
  lineId: string,
  around: Interval,
  source: 'event' | 'silence',
): Promise<KnownStop[]> => {
  type Row = DowntimeRow & {
    first_from: string;
    derived_from: string;
    given_from: string | null;
    given_to: string | null;
    is_fixed: boolean;
    takes_rest: boolean;
    taken_from: string | null;
    taken_to: string | null;
  };
  const rows = await tx.query<Row>(
    `with asked as materialized (
       select key
       from state_stop
       where tenant_id = $1 and line_id = $2 and derived_from >= $3 and ($4::timestamptz is null or derived_from < $4)
       union
       select key
       from state_stop
       where tenant_id = $1 and line_id = $2 and taken_from is not null and taken_to > $3
         and ($4::timestamptz is null or taken_from < $4))
     select ${columnsOf(Downtime, 'd')}, coalesce(s.first_from, s.derived_from) as first_from,
       s.derived_from, s.given_from, s.given_to, s.is_fixed, s.takes_rest, s.taken_from,
       nullif(s.taken_to, 'infinity') as taken_to
     from asked
     join state_stop s on s.tenant_id = $1 and s.line_id = $2 and s.key = asked.key
     join downtime d on d.tenant_id = s.tenant_id and d.id = s.downtime_id and (d.source = 'silence') = $5
     for update of s, d`,
    [tx.tenant, lineId, around.from, around.to, source === 'silence'],
  );
  return rows.map(
    ({ first_from, derived_from, given_from, given_to, is_fixed, takes_rest, taken_from, taken_to, ...row }) => ({
      row,
      first_from,
      derived_from,
      isNear: derived_from >= around.from && (around.to === null || derived_from < around.to),
      given: { from: given_from, to: given_to },
      fixed: is_fixed ? { from: taken_from ?? row.start_time, to: taken_to, takesRest: takes_rest } : null,
    }),
  );
};

export const wordsIn = (tx: Tx, lineId: string, around: Interval): Promise<Word[]> =>
  tx.query<Word>(
    `select downtime_id, "from", "to", said
     from stop_word
     where tenant_id = $1 and line_id = $2 and "to" > $3 and ($4::timestamptz is null or "from" < $4)
     order by id`,
    [tx.tenant, lineId, around.from, around.to],
  );

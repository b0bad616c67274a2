/** Keeps when lines sent events, of whatever kind, and when they counted good units. */
import type { LineEvent } from '@plantops/contracts';
import { records, sql, type Tx } from '@plantops/persistence';
import { instantsAt, instantsOf, unitOffsets, withInstants, type Minute } from './activity.rules.ts';

/** The first and the last instant of something. */
export type Within = { readonly from: string; readonly to: string };
/** What has been noted of a line: when it sent something, and when it counted units. */
export type Noted = {
  readonly line_code: string;
  /** `longest_ms`: the longest time between two of its instants, milliseconds. */
  readonly sent: Within & { readonly longest_ms: number };
  readonly counted: Within | undefined;
};

/** What has been noted, and the minutes to keep for it. */
export type Activity = { readonly noted: readonly Noted[]; readonly minutes: readonly Kept[] };

/** Call under the lock of the tenant's line events, and keep it. The same event again changes nothing. */
export async function readActivity(tx: Tx, events: readonly LineEvent[]): Promise<Activity> {
  const instants = events.flatMap(instantsOf);
  const minutes = [...Map.groupBy(instants, ({ line_code, minute }) => `${line_code} ${minute}`).values()];
  const known = await minutesOf(
    tx,
    minutes.map((ofMinute) => ({
      line_code: ofMinute[0]?.line_code as string,
      minute: ofMinute[0]?.minute as string,
      is_read: ofMinute.some(({ totals }) => totals.length > 0),
    })),
  );
  const merged = minutes.map((ofMinute, index) => {
    const { minute, previous = null, next_read = null } = known[index] ?? {};
    return { minute: withInstants(minute, ofMinute), previous, next_read };
  });
  const noted = withPrevious(merged).map((one) => ({ ...one, offsets: unitOffsets(one.minute, one.previous) }));
  return {
    minutes: noted.map(({ minute, previous, offsets }) => ({
      ...minute,
      units: `{${minute.units.join(',')}}`,
      totals: minute.totals.length === 0 ? null : JSON.stringify(minute.totals),
      // The reading before the first known one may still come.
      has_units: offsets.length > 0 || (minute.totals.length > 0 && previous === null),
    })),
    noted: [...Map.groupBy(noted, ({ minute }) => minute.line_code)].map(([line_code, ofLine]) => ({
      line_code,
      sent: sentIn(instants.filter((one) => one.line_code === line_code).map(({ at }) => at)),
      counted: withinOf(ofLine.flatMap(countedIn)),
    })),
  };
}

/** When units were counted, as far as the minute tells: a reading also says what the next one has counted. */
const countedIn = ({ minute, offsets, next_read }: Merged & { readonly offsets: readonly number[] }): string[] => [
  ...instantsAt(minute.minute, [...offsets, ...minute.totals.map(([offset]) => offset)]),
  ...(next_read === null ? [] : [next_read]),
];

type Merged = Omit<Known, 'minute'> & { readonly minute: Minute };
/** With the last total of the minutes that came together, where that is later than the stored one. */
function withPrevious(merged: readonly Merged[]): Merged[] {
  const last = new Map<string, number>();
  return merged
    .toSorted((a, b) => (a.minute.minute < b.minute.minute ? -1 : 1))
    .map(({ minute, previous, next_read }) => {
      const before = last.get(minute.line_code) ?? previous;
      const total = minute.totals.at(-1)?.[1];
      if (total !== undefined) last.set(minute.line_code, total);
      return { minute, previous: before, next_read };
    });
}

const sentIn = (times: readonly string[]): Noted['sent'] => {
  const sorted = times.toSorted();
  const gaps = sorted.map((at, index) => Date.parse(at) - Date.parse(sorted[index - 1] ?? at));
  return { from: sorted[0] as string, to: sorted.at(-1) as string, longest_ms: Math.max(...gaps) };
};

const withinOf = (times: readonly string[]): Within | undefined => {
  const sorted = times.toSorted();
  const [from, to] = [sorted[0], sorted.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
};

type Asked = { readonly line_code: string; readonly minute: string; readonly is_read: boolean };
type Known = {
  readonly minute: Minute | undefined;
  /** The last total before the minute, and when the counter was read next; null: not asked for, or there is none. */
  readonly previous: number | null;
  readonly next_read: string | null;
};

/** The stored minutes, in the order in which they are asked for. */
async function minutesOf(tx: Tx, asked: readonly Asked[]): Promise<Known[]> {
  type Row = Minute & {
    place: number;
    totals: Minute['totals'] | null;
    previous: number | null;
    next_read: string | null;
    is_known: boolean;
  };
  const placed = asked.map((one, place) => ({ ...one, place }));
  const rows = await tx.query<Row>(sql`
    select k.place, k.line_code, k.minute, a.first_at, a.last_at, a.units, a.totals,
      a.minute is not null as is_known,
      case when k.is_read or a.totals is not null then (
        select (p.totals -> -1 ->> 1)::float8
        from line_activity p
        where p.tenant_id = ${tx.tenant} and p.line_code = k.line_code and p.minute < k.minute and p.totals is not null
        order by p.minute desc
        limit 1) end as previous,
      case when k.is_read then (
        select n.last_at
        from line_activity n
        where n.tenant_id = ${tx.tenant} and n.line_code = k.line_code and n.minute > k.minute and n.totals is not null
        order by n.minute
        limit 1) end as next_read
    from ${records('k', placed, { place: 'int', line_code: 'text', minute: 'timestamptz', is_read: 'boolean' })}
    left join line_activity a
      on a.tenant_id = ${tx.tenant} and a.line_code = k.line_code and a.minute = k.minute
    order by k.place`);
  return rows.map(({ is_known, place: _place, previous, next_read, totals, ...minute }) => ({
    minute: is_known ? { ...minute, totals: totals ?? [] } : undefined,
    previous,
    next_read,
  }));
}

type Kept = Omit<Minute, 'units' | 'totals'> & { units: string; totals: string | null; has_units: boolean };
const COLUMNS = {
  line_code: 'text',
  minute: 'timestamptz',
  first_at: 'timestamptz',
  last_at: 'timestamptz',
  units: 'text',
  totals: 'text',
  has_units: 'boolean',
} as const;

export async function keepActivity(tx: Tx, { minutes }: Pick<Activity, 'minutes'>): Promise<void> {
  await tx.query(sql`
    insert into line_activity (tenant_id, line_code, minute, first_at, last_at, units, totals, has_units)
    select ${tx.tenant}, line_code, minute, first_at, last_at, units::integer[], totals::jsonb, has_units
    from ${records('m', minutes, COLUMNS)}
    on conflict (tenant_id, line_code, minute) do update
    set first_at = excluded.first_at, last_at = excluded.last_at, units = excluded.units, totals = excluded.totals,
      has_units = excluded.has_units`);
}

/** When a line sent its first event that is known. */
export async function firstActivity(tx: Tx, lineCode: string): Promise<string | undefined> {
  const [first] = await tx.query<{ first_at: string }>(sql`
    select first_at
    from line_activity
    where tenant_id = ${tx.tenant} and line_code = ${lineCode}
    order by minute
    limit 1`);
  return first?.first_at;
}

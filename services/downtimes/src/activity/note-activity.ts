/** Keeps when lines sent events, of whatever kind, and when they counted good units. */
import type { LineEvent } from '@plantops/contracts';
import { raw, records, sql, type Tx } from '@plantops/persistence';
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
  const asked = minutes.map((ofMinute) => ({
    line_code: ofMinute[0]?.line_code as string,
    minute: ofMinute[0]?.minute as string,
    is_read: ofMinute.some(({ totals }) => totals.length > 0),
  }));
  const { known, before, after } = await minutesOf(tx, asked);
  const merged = minutes.map((ofMinute, index) => withInstants(known[index], ofMinute));
  const judged = judgeAll(merged, { before, after });
  const sent = Map.groupBy(instants, ({ line_code }) => line_code);
  return {
    minutes: judged.map(({ offsets, previous, ...minute }) => ({
      ...minute,
      units: `{${minute.units.join(',')}}`,
      totals: minute.totals.length === 0 ? null : JSON.stringify(minute.totals),
      // The reading before the first known one may still come.
      has_units: offsets.length > 0 || (minute.totals.length > 0 && previous === null),
    })),
    noted: [...Map.groupBy(judged, ({ line_code }) => line_code)].map(([line_code, ofLine]) => ({
      line_code,
      sent: sentIn((sent.get(line_code) ?? []).map(({ at }) => at)),
      counted: withinOf(ofLine.flatMap(countedIn)),
    })),
  };
}

/** A minute with the last total before it, and when units were counted in it. */
type JudgedMinute = Minute & { readonly previous: number | null; readonly offsets: readonly number[] };
type Neighbours = { readonly before: readonly Minute[]; readonly after: readonly Minute[] };

/** Minutes of lines, with those after them that they say something of: what a counter had shown before. */
function judgeAll(merged: readonly Minute[], { before, after }: Neighbours): JudgedMinute[] {
  const keyOf = ({ line_code, minute }: Minute) => `${line_code} ${minute}`;
  const own = new Map(merged.map((minute) => [keyOf(minute), minute]));
  const judged = new Map([...after.map((minute): [string, Minute] => [keyOf(minute), minute]), ...own]);
  const all = new Map([...before.map((minute): [string, Minute] => [keyOf(minute), minute]), ...judged]);
  const last = new Map<string, number>();
  return [...all.values()]
    .toSorted((a, b) => (a.minute < b.minute ? -1 : 1))
    .flatMap((minute) => {
      const previous = last.get(minute.line_code) ?? null;
      const total = minute.totals.at(-1)?.[1];
      if (total !== undefined) last.set(minute.line_code, total);
      return judged.has(keyOf(minute)) ? [{ ...minute, previous, offsets: unitOffsets(minute, previous) }] : [];
    });
}

/** When units were counted, as far as the minute tells. */
const countedIn = ({ minute, totals, offsets }: JudgedMinute): string[] =>
  instantsAt(minute, [...offsets, ...totals.map(([offset]) => offset)]);

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
/** The stored minutes, in the order in which they are asked for, and those with the readings before and after. */
type Stored = Neighbours & { readonly known: readonly (Minute | undefined)[] };

async function minutesOf(tx: Tx, asked: readonly Asked[]): Promise<Stored> {
  type Row = Minute & { place: number; totals: Minute['totals'] | null; role: 'asked' | 'before' | 'after' };
  const placed = asked.map((one, place) => ({ ...one, place }));
  const neighbour = (role: string, comparison: string, order: string) =>
    raw(`
      select k.place, '${role}' as role, n.line_code, n.minute, n.first_at, n.last_at, n.units, n.totals
      from asked k
      cross join lateral (
        select *
        from line_activity
        where tenant_id = k.tenant_id and line_code = k.line_code and minute ${comparison} k.minute and totals is not null
        order by minute ${order}
        limit 1) n
      where k.is_read or k.totals is not null`);
  const rows = await tx.query<Row>(sql`
    with asked as (
      select ${tx.tenant}::text as tenant_id, k.place, k.is_read, k.line_code, k.minute, a.first_at, a.last_at, a.units, a.totals
      from ${records('k', placed, { place: 'int', line_code: 'text', minute: 'timestamptz', is_read: 'boolean' })}
      left join line_activity a
        on a.tenant_id = ${tx.tenant} and a.line_code = k.line_code and a.minute = k.minute
    )
    select place, 'asked' as role, line_code, minute, first_at, last_at, units, totals
    from asked
    where first_at is not null
    union all ${neighbour('before', '<', 'desc')}
    union all ${neighbour('after', '>', 'asc')}`);
  const stored = rows.map(({ role, place, totals, ...minute }) => ({
    role,
    place,
    minute: { ...minute, totals: totals ?? [] },
  }));
  const known = new Map(stored.flatMap(({ role, place, minute }) => (role === 'asked' ? [[place, minute]] : [])));
  const of = (wanted: Row['role']) => stored.flatMap(({ role, minute }) => (role === wanted ? [minute] : []));
  return { known: asked.map((_, place) => known.get(place)), before: of('before'), after: of('after') };
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

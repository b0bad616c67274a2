/**
 * Corrections by people while the lines run: stops, units, totals, prices and calendars. Each returns the changed row,
 * if accepted.
 */
import { REASONS, type MasterData } from './master-data.ts';
import type { People, Row } from './people.ts';

/** Makes a correction on a line, at a time of the hour. */
type Correction = (line: string, now: number) => Promise<unknown>;
type Change = (row: Row, now: number) => Promise<unknown>;

export function correctionsBy(people: People, { products, plants }: MasterData): Record<string, Correction> {
  const { random } = people;
  const on =
    (path: (line: string) => string, fits: (row: Row) => boolean, change: Change): Correction =>
    async (line, now) => {
      const row = await people.find(path(line), fits);
      return row && change(row, now);
    };
  const stop = (fits: (row: Row) => boolean, change: Change) =>
    on(
      (line) => `/downtimes?line_id=${line}`,
      (row) => row['voided_at'] === null && fits(row),
      change,
    );
  const batch = (fits: (row: Row) => boolean, change: Change) => on((line) => `/batches?line_id=${line}`, fits, change);
  const amend = (path: string, body: object) => people.send('PUT', path, body);
  const within = (row: Row) => people.between(row['start_time'], row['end_time']);
  const product = () => `/products/${random.one(products).id}`;
  let trials = 0;

  return {
    'a stop is amended': stop(ended, (row) => amend(`/downtimes/${row.id}`, { end_time: within(row) })),
    'the start of a stop is amended': stop(ended, (row) => amend(`/downtimes/${row.id}`, { start_time: within(row) })),
    'a stop gets another reason': stop(any, (row) =>
      amend(`/downtimes/${row.id}`, { reason_code: random.one(REASONS).code }),
    ),
    'a stop is split': stop(ended, (row) => {
      const reason = random.chance(0.5) ? { reason_code: random.one(REASONS).code } : {};
      return people.send('POST', `/downtimes/${row.id}/split`, { at: within(row), ...reason });
    }),
    'a stop is voided': stop(any, ({ id }) => people.send('DELETE', `/downtimes/${id}`, { reason: 'never was' })),
    'a stop is acknowledged': stop(any, (row, now) =>
      amend(`/downtimes/${row.id}/acknowledge`, { acknowledged_at: people.between(row['start_time'], now) }),
    ),
    'a stop is written down': (line_id, now) => {
      const start_time = people.before(now - 60_000);
      const end_time = new Date(Date.parse(start_time) + random.whole(2_000, 60_000)).toISOString();
      return people.send('POST', '/downtimes', { line_id, start_time, end_time, reason_category: 'electrical' });
    },
    'scrap is voided': on(
      (line) => `/scrap?line_id=${line}`,
      isThere,
      ({ id }) => people.send('DELETE', `/scrap/${id}`, { reason: 'miscounted' }),
    ),
    'scrap is written down': batch(started, ({ id, line_id }, now) => {
      const disposition = random.one(['scrap', 'rework']);
      return people.send('POST', '/scrap', {
        line_id,
        batch_id: id,
        at: people.before(now),
        quantity: random.whole(1, 5),
        disposition,
      });
    }),
    'a count is voided': batch(started, async ({ id }) => {
      const count = await people.find(`/batches/${id}/counts`, isThere);
      return count && people.send('DELETE', `/batches/${id}/counts/${count.id}`, { reason: 'counted twice' });
    }),
    'totals are corrected': batch(completed, ({ id }) => {
      const rework_count = random.chance(0.5) ? null : random.whole(0, 6);
      return amend(`/batches/${id}`, {
        good_count: random.whole(20, 300),
        scrap_count: random.whole(0, 12),
        rework_count,
      });
    }),
    'totals are taken back': batch(completed, ({ id }) =>
      amend(`/batches/${id}`, { good_count: null, startup_scrap_count: null }),
    ),
    'the end of a batch is corrected': batch(completed, ({ id, ...row }) =>
      amend(`/batches/${id}`, { completed_at: people.between(row['started_at'], row['completed_at']) }),
    ),
    'a batch is cancelled': batch(running, ({ id, ...row }, now) =>
      amend(`/batches/${id}/cancel`, { reason: 'wrong label', cancelled_at: people.between(row['started_at'], now) }),
    ),
    'a batch turns out to be a trial': batch(started, async ({ id, line_id }) => {
      // One trial is enough: its time and units are in no figure.
      if (trials > 0) return true;
      trials += 1;
      const trial = await people.send('POST', '/trials', { name: 'another nozzle', line_id, batch_id: id });
      return amend(`/trials/${trial?.id}/start`, {});
    }),
    'an hour costs more since some time': (line, now) =>
      amend(`/lines/${line}`, {
        hourly_cost: random.whole(900_000, 9_000_000) / 10_000,
        valid_from: people.before(now),
      }),
    'a threshold changes since some time': (line, now) =>
      amend(`/lines/${line}`, { micro_stop_seconds: random.whole(20, 100), valid_from: people.before(now) }),
    'a product costs more since some time': (_line, now) =>
      amend(product(), { unit_cost: random.whole(6_000, 60_000) / 10_000, valid_from: people.before(now) }),
    'a line makes a product faster since some time': (line, now) =>
      amend(`${product()}/rates/${line}`, {
        ideal_cycle_seconds: random.whole(900, 2_500) / 1_000,
        valid_from: people.before(now),
      }),
    'breaks are longer since some time': async (_line, now) => {
      const path = `/plants/${random.one(plants)}/shifts`;
      const { weekly } = await people.get<Calendar>(path);
      const longer = weekly?.map((shift) => ({
        ...shift,
        breaks: shift.breaks.map(({ start, end }) => ({ start, end: minuteAfter(end) })),
      }));
      return longer && amend(path, { weekly: longer, valid_from: people.before(now) });
    },
  };
}

type Calendar = { weekly: { breaks: { start: string; end: string }[] }[] | null };
const minuteAfter = (time: string): string =>
  new Date(Date.parse(`2000-01-01T${time}:00Z`) + 60_000).toISOString().slice(11, 16);

const any = (): boolean => true;
const isThere = (row: Row): boolean => row['voided_at'] === null;
const ended = (row: Row): boolean => row['status'] === 'ended';
const running = (row: Row): boolean => row['status'] === 'running';
const completed = (row: Row): boolean => row['status'] === 'completed';
const started = (row: Row): boolean => row['started_at'] !== null;

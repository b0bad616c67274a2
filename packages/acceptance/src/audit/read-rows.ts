/** Reads the rows from the tables of their owners: the only input of the audit. */
import type { PlantTables } from '@plantops/testing/plant';
import { Fraction } from './fraction.ts';
import type {
  Batch,
  Calendar,
  Costs,
  Count,
  Kind,
  Line,
  Plant,
  Product,
  RawRows,
  Scrap,
  State,
  Stop,
  Versions,
} from './raw-rows.ts';

type Row = Record<string, string | number | boolean | null>;
type Version = { valid_from: string | null } & Record<string, unknown>;
const ms = (column: string, as: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${as}"`;
const of = (value: unknown): Fraction => Fraction.of(value as string);
const ofOrNull = (value: unknown): Fraction | null => (value === null ? null : of(value));
const dated = <T>(versions: Version[], value: (version: Version) => T): Versions<T> =>
  versions
    .map((version) => ({
      since: version.valid_from === null ? -Infinity : Date.parse(version.valid_from),
      ...value(version),
    }))
    .sort((a, b) => a.since - b.since);
const kindOf = ({ phase, disposition }: Row): Kind =>
  phase === 'startup' ? 'startup' : disposition === 'scrap' ? 'scrap' : 'rework';
const seconds = (value: unknown): Fraction => of(value).times(Fraction.of(1000));

const UNITS = `id, line_id, product_id, batch_id as batch, batch_number as number, ${ms('at', 'at')}`;

export async function readRows(tables: PlantTables, tenant: string): Promise<RawRows> {
  const production = <R = Row>(text: string) => tables.query<R & object>('production', text, [tenant]);
  const [plants, lines, products] = await Promise.all(
    ['plant', 'line', 'product'].map((table) =>
      production<Row & Record<string, Version[]>>(`select * from ${table} where tenant_id = $1 order by code`),
    ),
  );
  const trials = await tables.query<{ batch_id: string }>(
    'trials',
    `select batch_id
     from trial
     where tenant_id = $1 and batch_id is not null and status in ('in_progress', 'completed')`,
    [tenant],
  );
  const batches = await production(
    `select *, ${ms('started_at', 'from')}, ${ms('coalesce(completed_at, cancelled_at)', 'to')}
     from batch
     where tenant_id = $1 and started_at is not null`,
  );
  const words = await production<{ batch_id: string; word: string; at: number }>(
    `select batch_id, word, ${ms('at', 'at')} from batch_word where tenant_id = $1`,
  );
  const saidOf = (id: unknown, word: string): number[] =>
    words.filter((one) => one.batch_id === id && one.word === word).map(({ at }) => at);
  const counts = await production(
    `select ${UNITS}, good, reject from unit_count where tenant_id = $1 and voided_at is null`,
  );
  const scraps = await production(
    `select ${UNITS}, quantity, phase, disposition, unit_cost
     from scrap_event
     where tenant_id = $1 and voided_at is null`,
  );
  const stops = await tables.query<Stop>(
    'downtimes',
    `select id, line_id, ${ms('start_time', 'from')}, ${ms('end_time', 'to')}, reason_category, reason_code,
       is_planned, is_excluded, is_failure, is_unavoidable, phase, coalesce(origin_id, id) as origin, ${ms('acknowledged_at', 'acknowledged')}
     from downtime
     where tenant_id = $1 and voided_at is null`,
    [tenant],
  );
  const states = await tables.query<State>(
    'downtimes',
    `select line_id, ${ms('at', 'at')}, id, state from state_report where tenant_id = $1`,
    [tenant],
  );
  const trialBatches = new Set(trials.map(({ batch_id }) => batch_id));
  return {
    plants: (plants ?? []).map((row) => ({
      ...(row as unknown as Plant),
      calendars: dated(row['calendars'] as unknown as Version[], (version) => version as unknown as Calendar),
    })),
    lines: (lines ?? []).map((row) => ({
      ...(row as unknown as Line),
      prices: dated(
        row['versions'] as unknown as Version[],
        ({ hourly_cost, ideal_cycle_seconds, micro_stop_seconds, count_basis, late_unit_seconds }) => ({
          hourly: of(hourly_cost),
          cycleMs: seconds(ideal_cycle_seconds),
          microMs: Number(micro_stop_seconds) * 1000,
          countsRejects: count_basis === 'gross',
          lateMs: Number(late_unit_seconds) * 1000,
        }),
      ),
    })),
    products: (products ?? []).map((row) => ({
      ...(row as unknown as Product),
      costs: dated(row['versions'] as unknown as Version[], (version) => ({
        unit: of(version['unit_cost']),
        salvage: of(version['salvage_value']),
        material: ofOrNull(version['material_cost']),
        basis: version['cost_basis'] as Costs['basis'],
      })),
      rates: dated(row['rates'] as unknown as Version[], ({ line_id, ideal_cycle_seconds }) => ({
        line_id: line_id as string,
        cycleMs: ideal_cycle_seconds === null ? null : seconds(ideal_cycle_seconds),
      })) as Product['rates'],
    })),
    stops,
    batches: batches.map((row) => ({
      ...(row as unknown as Batch),
      number: row['batch_number'] as string,
      running: row['status'] === 'running' || row['status'] === 'paused',
      paused: saidOf(row['id'], 'pause'),
      resumed: saidOf(row['id'], 'resume'),
      good: ofOrNull(row['good_count'] ?? null),
      rejects: {
        scrap: ofOrNull(row['scrap_count'] ?? null),
        startup: ofOrNull(row['startup_scrap_count'] ?? null),
        rework: ofOrNull(row['rework_count'] ?? null),
      },
      material: ofOrNull(row['material_input'] ?? null),
      trial: trialBatches.has(row['id'] as string),
    })),
    counts: counts.map((row) => ({ ...(row as unknown as Count), good: of(row['good']), reject: of(row['reject']) })),
    scraps: scraps.map((row) => ({
      ...(row as unknown as Scrap),
      quantity: of(row['quantity']),
      kind: kindOf(row),
      reworked: row['disposition'] === 'rework',
      unit: ofOrNull(row['unit_cost'] ?? null),
    })),
    states,
  };
}

/**
 * Many plants of one line each, reported in bulk, and the ledger's content for each of them without the ids, which
 * differ.
 */
import { createHash } from 'node:crypto';
import {
  getLineOee,
  lineCreated,
  plantCreated,
  productCreated,
  type LineRow,
  type PlantRow,
  type ProductRow,
} from '@plantops/contracts';
import { aProduct } from '@plantops/testing';
import type { Ledger } from '../ledger-fixture.ts';
import { END, START, reportsOf, type Tape, type Report } from './any-tape.ts';

export type ReportedPlant = { readonly tape: Tape; readonly line: LineRow; readonly reports: readonly Report[] };

const shift = (name: string, start: string, end: string) => ({
  name,
  start,
  end,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  breaks: [],
});
const calendarsOf = (tape: Tape): PlantRow['calendars'] =>
  tape.calendar === 'none'
    ? []
    : [
        {
          valid_from: null,
          timezone: tape.timezone,
          weekly: [
            { ...shift('early', '06:00', '14:00'), breaks: [{ start: '10:00', end: '10:30' }] },
            shift('night', '22:00', '06:00'),
          ],
          exceptions: [],
        },
      ];

const AT_ONCE = 500;
/** Not so far ahead of the ledger that waiting for it would look like a standstill. */
const AHEAD = 2_000;
/** Announces a lot of rows in their order. */
export const announceAll = async (
  ledger: Ledger,
  reports: readonly Pick<Report, 'event' | 'data'>[],
): Promise<void> => {
  for (let start = 0; start < reports.length; start += AT_ONCE) {
    await Promise.all(
      reports.slice(start, start + AT_ONCE).map(({ event, data }) => ledger.service.announce(event, data)),
    );
    if ((start + AT_ONCE) % AHEAD > 0) continue;
    await ledger.service.settled(60_000);
    // As the server does by itself when tables have grown, but not as fast as they grow here.
    await ledger.service.rows.query('analyze');
  }
};

/**
 * A line for each tape, known to the ledger, with nothing reported yet. Tapes of one zone, calendar and basis share
 * plant and product.
 */
export const foundPlants = async (ledger: Ledger, tapes: readonly Tape[]): Promise<ReportedPlant[]> => {
  const houses = new Map<string, { plant: PlantRow; product: ProductRow }>();
  const houseOf = (tape: Tape) => {
    const { timezone, calendar, cost_basis } = tape;
    const key = `${timezone}/${calendar}/${cost_basis}`;
    const { plant } = ledger.unannounced({}, { timezone, calendars: calendarsOf(tape) });
    const product = aProduct({
      id: ledger.nextId(),
      code: `P-${plant.code}`,
      unit_cost: 2.35,
      salvage_value: 0.15,
      cost_basis,
    });
    if (!houses.has(key)) houses.set(key, { plant, product });
    return houses.get(key) as { plant: PlantRow; product: ProductRow };
  };
  const plants = tapes.map((tape) => {
    const { plant, product } = houseOf(tape);
    const prices = { hourly_cost: 97.31, ideal_cycle_seconds: 37.5, count_basis: tape.count_basis };
    const { line } = ledger.unannounced({ ...prices, plant_id: plant.id });
    const reports = reportsOf(tape, { line_id: line.id, product_id: product.id, nextId: () => ledger.nextId() });
    return { tape, line, reports };
  });
  await announceAll(ledger, [
    ...[...houses.values()].flatMap(({ plant, product }) => [
      { event: plantCreated, data: plant },
      { event: productCreated, data: product },
    ]),
    ...plants.map(({ line }) => ({ event: lineCreated, data: line })),
  ]);
  await ledger.service.settled(60_000);
  return plants;
};

const CONTENT = `json_build_array(
  category, rule, rule_version, amount, quantity, unit_cost, time_ms, hourly_cost, occurred_from, occurred_to,
  business_date, is_avoidable, source_type, batch_id is null)::text`;

/** A hash over the net postings of each line. */
export const netHashes = async (ledger: Ledger, plants: readonly ReportedPlant[]): Promise<string[]> => {
  const { rows } = await ledger.service.rows.query<{ line_id: string; content: string[] }>(
    `select line_id, array_agg(${CONTENT} order by ${CONTENT}) as content from money_leak t
     where reverses_id is null
       and not exists (select from money_leak r where r.tenant_id = t.tenant_id and r.reverses_id = t.id)
     group by line_id`,
  );
  const byLine = new Map(rows.map(({ line_id, content }) => [line_id, content]));
  return plants.map(({ line }) =>
    createHash('sha256')
      .update((byLine.get(line.id) ?? []).join('\n'))
      .digest('hex'),
  );
};

/** The cells that are kept once every day has been asked for, by line. */
export const cellsOfDays = async (ledger: Ledger, plants: readonly ReportedPlant[]): Promise<Map<string, string>> => {
  const window = {
    from: new Date(START - 2 * 86_400_000).toISOString(),
    to: new Date(END + 2 * 86_400_000).toISOString(),
  };
  for (let start = 0; start < plants.length; start += 20)
    await Promise.all(
      plants.slice(start, start + 20).map(({ line }) => ledger.service.call(getLineOee, { id: line.id, ...window })),
    );
  const { rows } = await ledger.service.rows.query<{ line_id: string; cells: string }>(
    `select line_id, json_agg(c order by local_date, shift_key, batch_id)::text as cells
     from line_cell c
     where line_id = any($1::uuid[])
     group by line_id`,
    [plants.map(({ line }) => line.id)],
  );
  return new Map(rows.map(({ line_id, cells }) => [line_id, cells]));
};

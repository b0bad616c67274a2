/** Real data: 26 batches of a bottling line with their stops, as the line events that a line system sends. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';

const FOLDER = process.env['PLANTOPS_SODA_DATA'] ?? join(ROOT, '../shared/data/soda-bottling');
export const sodaDataIsHere = existsSync(join(FOLDER, 'batches.csv'));
if (!sodaDataIsHere)
  process.stderr.write(`The soda bottling data is not at ${FOLDER} (PLANTOPS_SODA_DATA): its tests are left out.\n`);

/** Times in the data are local to the plant: Eastern daylight time in August. */
export const SODA_ZONE = 'America/New_York';
const OFFSET = '-04:00';

const REASONS: Record<string, string> = {
  'Machine failure': 'mechanical',
  'Inventory shortage': 'no_material',
  'Batch change': 'changeover',
  'Batch coding error': 'quality',
  'Machine adjustment': 'maintenance',
  'Product spill': 'cleaning',
  'Calibration error': 'controls',
  'Conveyor belt jam': 'mechanical',
  'Label switch': 'other',
  Other: 'other',
};

type Row = Record<string, string>;
function readCsv(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(FOLDER, file), 'utf8').trim().split('\n');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [head.split(',')[index] as string, cell.trim()])),
  );
}

export const sodaProducts = (): string[] => [
  ...new Set(readCsv('batches.csv').map(({ product }) => product as string)),
];

/**
 * The tape of a line: its batches, and the stops of each, one after the other from its start. Ids contain the line, so
 * several lines can use it.
 */
export type TapeEvent = { readonly line: string; readonly kind: string; readonly id: string } & Readonly<
  Record<string, unknown>
>;
export function sodaTape(line: string): TapeEvent[] {
  const stops = Map.groupBy(readCsv('downtime.csv'), ({ batch }) => batch);
  return readCsv('batches.csv').flatMap(({ date, product, batch, operator, start, end }): TapeEvent[] => {
    const at = (time: string | undefined) => `${date}T${time}${OFFSET}`;
    const batch_number = batch as string;
    let next = Date.parse(at(start));
    const reported = (stops.get(batch) ?? []).flatMap(
      ({ factor = '', minutes, operator_error }, index): TapeEvent[] => {
        const start_time = new Date(next).toISOString();
        next += Number(minutes) * 60_000;
        const end_time = new Date(next).toISOString();
        const reason = {
          reason_category: REASONS[factor],
          reason_code: factor,
          is_planned: false,
          description: `operator error: ${operator_error}`,
        };
        const key = `${line}/${batch_number}/${index}`;
        // Both ways to report a stop: one complete event, or a start and an end.
        if (index % 2 === 0)
          return [{ line, kind: 'downtime.ended', id: `${key}/stop`, start_time, end_time, batch_number, ...reason }];
        return [
          {
            line,
            kind: 'downtime.started',
            id: `${key}/start`,
            downtime_ref: key,
            at: start_time,
            batch_number,
            ...reason,
          },
          { line, kind: 'downtime.ended', id: `${key}/end`, downtime_ref: key, end_time },
        ];
      },
    );
    return [
      {
        line,
        kind: 'batch.started',
        id: `${line}/${batch_number}/started`,
        batch_number,
        at: at(start),
        product_code: product,
        operator,
      },
      ...reported,
      { line, kind: 'batch.completed', id: `${line}/${batch_number}/completed`, batch_number, at: at(end) },
    ];
  });
}

/** Shuffles the items; the same seed gives the same order (mulberry32, Fisher-Yates). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

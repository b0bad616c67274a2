/** The line events of a tenant, in groups, each event with a unique id. */
import type { Random } from '@plantops/fixtures';
import { PRODUCT } from './master-data.ts';
import { belonging } from './operation.ts';

export type LineEvent = {
  readonly tenant: string;
  readonly line: string;
  readonly kind: string;
  readonly id: string;
  readonly payload: string;
};

const DAY_MS = 86_400_000;
const BEGINS_DAYS_AGO = 26;
/**
 * A group has twenty steps. With 30 events a second the tape reaches the present after an hour; events may not be in
 * the future.
 */
const STEP_MS = 6_000;
const GROUP_STEPS = 20;
/** Edge events and poison are distinguished and found by their ids. */
export const EDGE_ID = /edge-\d{6}/;

/** An endless tape. Groups follow each other on each line, so that no stop overlaps another. */
export function* tapeOf(tenant: string, lines: readonly string[], random: Random): Generator<LineEvent> {
  const began = Math.floor(Date.now() / 60_000) * 60_000 - BEGINS_DAYS_AGO * DAY_MS;
  let count = 0;
  const event = (line: string, kind: string, body: (said: string) => object): LineEvent => {
    count += 1;
    const id = `edge-${String(count).padStart(6, '0')}`;
    return { tenant, line, kind, id, payload: JSON.stringify({ id, ...body(`${id} ${belonging(tenant)}`) }) };
  };
  for (let group = 0; ; group += 1) {
    const line = lines[group % lines.length] as string;
    const start = began + Math.floor(group / lines.length) * GROUP_STEPS * STEP_MS;
    const at = (step: number) => new Date(start + step * STEP_MS).toISOString();
    switch (random.whole(0, 3)) {
      case 0:
        yield event(line, 'downtime.ended', (description) => ({
          start_time: at(0),
          end_time: at(random.whole(2, 15)),
          reason_category: 'mechanical',
          description,
        }));
        break;
      case 1: {
        const downtime_ref = `ref-${group}`;
        yield event(line, 'downtime.started', (description) => ({ downtime_ref, at: at(0), description }));
        yield event(line, 'downtime.ended', (resolution) => ({
          downtime_ref,
          end_time: at(random.whole(2, 15)),
          resolution,
        }));
        break;
      }
      case 2: {
        const batch_number = `${belonging(tenant)} ${group}`;
        yield event(line, 'batch.started', (operator) => ({
          batch_number,
          at: at(0),
          product_code: PRODUCT,
          planned_quantity: 400,
          operator,
        }));
        yield event(line, 'count', () => ({
          at: at(5),
          good: random.whole(50, 90),
          reject: random.whole(0, 3),
          batch_number,
        }));
        yield event(line, 'scrap', (note) => ({
          at: at(6),
          quantity: random.whole(1, 5),
          batch_number,
          product_code: PRODUCT,
          note,
        }));
        yield event(line, 'count', () => ({ at: at(10), good: random.whole(50, 90), batch_number }));
        yield event(line, 'batch.completed', () => ({ batch_number, at: at(15) }));
        break;
      }
      default:
        yield event(line, 'scrap', (note) => ({
          at: at(1),
          quantity: random.whole(1, 20) / 4,
          product_code: PRODUCT,
          unit_cost: 2,
          note,
        }));
        yield event(line, 'count', () => ({ at: at(2), good: random.whole(1, 50) }));
    }
  }
}

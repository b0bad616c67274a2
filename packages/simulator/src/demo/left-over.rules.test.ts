import { describe, expect, test } from '@jest/globals';
import { endLeftOver } from './left-over.rules.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const batch = { batch_number: 'B1', started_at: '2026-11-21T20:00:00.000Z', last_count_at: '2026-11-21T20:30:00.000Z' };

describe('batches and stops that an earlier run left open', () => {
  test('need no events when nothing is open', () => {
    expect(endLeftOver({ batches: [], open_stops: [] }, now)).toEqual([]);
  });

  test('end soon after the last event, and the line is idle since then', () => {
    const at = '2026-11-21T20:30:30.000Z';
    expect(endLeftOver({ batches: [batch], open_stops: [] }, now)).toEqual([
      { kind: 'batch.completed', body: { batch_number: 'B1', at } },
      { kind: 'state', body: { at, state: 'idle' } },
    ]);
  });

  test('end after the start of an open stop, when that is later than the last count', () => {
    const events = endLeftOver({ batches: [batch], open_stops: [{ start_time: '2026-11-21T20:32:00.000Z' }] }, now);
    expect(events.map(({ body }) => body.at)).toEqual(['2026-11-21T20:32:30.000Z', '2026-11-21T20:32:30.000Z']);
  });

  test('end before the next event when the demo starts right after a crash', () => {
    expect(endLeftOver({ batches: [batch], open_stops: [] }, Date.parse('2026-11-21T20:30:02Z'))[0]?.body.at).toBe(
      '2026-11-21T20:30:01.999Z',
    );
  });

  test('never end before they started, also when clocks differ', () => {
    expect(
      endLeftOver(
        { batches: [{ ...batch, last_count_at: null }], open_stops: [] },
        Date.parse('2026-11-21T19:59:00Z'),
      )[0]?.body.at,
    ).toBe('2026-11-21T20:00:00.001Z');
  });
});

import { describe, expect, test } from '@jest/globals';
import { endLeftOver } from './left-over.rules.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const batch = { batch_number: 'B1', started_at: '2026-11-21T20:00:00.000Z', last_count_at: '2026-11-21T20:30:00.000Z' };

describe('what an earlier run left open', () => {
  test('is nothing when all was ended', () => {
    expect(endLeftOver({ batches: [], open_stops: [] }, now)).toEqual([]);
  });

  test('ends soon after it was last heard of, and the line has had nothing to do since', () => {
    const at = '2026-11-21T20:30:30.000Z';
    expect(endLeftOver({ batches: [batch], open_stops: [] }, now)).toEqual([
      { kind: 'batch.completed', body: { batch_number: 'B1', at } },
      { kind: 'state', body: { at, state: 'idle' } },
    ]);
  });

  test('a stop that began after the last count ends as well', () => {
    const told = endLeftOver({ batches: [batch], open_stops: [{ start_time: '2026-11-21T20:32:00.000Z' }] }, now);
    expect(told.map(({ body }) => body.at)).toEqual(['2026-11-21T20:32:30.000Z', '2026-11-21T20:32:30.000Z']);
  });

  test('a start right after a crash ends it before what comes next', () => {
    expect(endLeftOver({ batches: [batch], open_stops: [] }, Date.parse('2026-11-21T20:30:02Z'))[0]?.body.at).toBe(
      '2026-11-21T20:30:01.999Z',
    );
  });

  test('a batch never ends before its start, whatever the clocks say', () => {
    expect(
      endLeftOver({ batches: [{ ...batch, last_count_at: null }], open_stops: [] }, Date.parse('2026-11-21T19:59:00Z'))[0]?.body.at,
    ).toBe('2026-11-21T20:00:00.001Z');
  });
});

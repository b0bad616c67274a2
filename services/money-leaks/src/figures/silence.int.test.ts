import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { downtimeEnded, downtimeVoided, getLineOee, stateChanged, type LineRow } from '@plantops/contracts';
import { aStateReport, aStop } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start({ now: () => '2026-03-05T00:00:00.000Z' });
});
afterAll(() => ledger.close());

const busyOn = async (line: LineRow, day: number) => {
  await ledger.service.settled();
  const window = { from: `2026-03-0${day}T00:00:00Z`, to: `2026-03-0${day + 1}T00:00:00Z` };
  return (await ledger.service.call(getLineOee, { id: line.id, ...window })).terms.pbt_minutes;
};
const runs = (line: LineRow) =>
  ledger.service.announce(
    stateChanged,
    aStateReport({ id: ledger.nextId(), line_id: line.id, at: '2026-03-02T06:00:00.000Z', state: 'running' }),
  );
const silence = (line: LineRow) =>
  aStop({
    id: ledger.nextId(),
    line_id: line.id,
    source: 'silence',
    reason_category: 'unknown',
    reason_code: 'no_signal',
    start_time: '2026-03-02T09:00:00.000Z',
    end_time: '2026-03-02T10:00:00.000Z',
  });

test('a state does not hold through a silence; when that is voided it does, in whatever order this is announced', async () => {
  const [in_order, first] = [await ledger.line(), await ledger.line()];
  await runs(in_order);
  expect(await busyOn(in_order, 3)).toBe(1_440);
  for (const [line, wasSaid] of [
    [in_order, true],
    [first, false],
  ] as const) {
    const stop = silence(line);
    await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    if (!wasSaid) await runs(line);
    // From 06:00 to 09:00 it ran, and until 10:00 it stood.
    expect([await busyOn(line, 2), await busyOn(line, 3)]).toEqual([240, 0]);
    await ledger.service.announce(downtimeVoided, { ...stop, version: 2, voided_at: '2026-03-02T12:00:00.000Z' });
    expect([await busyOn(line, 2), await busyOn(line, 3), await busyOn(line, 4)]).toEqual([1_080, 1_440, 1_440]);
  }
});

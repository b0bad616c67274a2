import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  amendDowntime,
  downtimeVoided,
  endDowntime,
  getDowntime,
  getDowntimeFigures,
  lineCreated,
  listDowntimes,
  moneyLeakRecorded,
  moneyLeakReversed,
  startDowntime,
  voidDowntime,
} from '@plantops/contracts';
import { aLeak, aLine, at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());

const aNewLine = async () => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
  await downtimes.announce(lineCreated, line);
  await downtimes.settled();
  return line.id;
};
const aStopAt = async (from: string, to?: string, line_id?: string) =>
  downtimes.call(startDowntime, {
    line_id: line_id ?? (await aNewLine()),
    start_time: at(from),
    reason_category: 'mechanical',
    ...(to === undefined ? {} : { end_time: at(to) }),
  });

describe('what a stop costs', () => {
  test('it is the sum of its postings and reversals, each counted once though delivered twice', async () => {
    const stop = await aStopAt('08:00', '08:20');
    const [first, corrected] = [
      aLeak({ id: rowId(1), source_id: stop.id }),
      aLeak({ id: rowId(3), source_id: stop.id, amount_usd: 87.5 }),
    ];
    const reversal = aLeak({ ...first, id: rowId(2), amount_usd: -100, reverses_id: first.id });
    const manual = aLeak({ id: rowId(4), source_type: 'manual', source_id: stop.id });
    const tell = [
      [moneyLeakReversed, reversal, rowId(51)],
      [moneyLeakRecorded, first, rowId(50)],
      [moneyLeakRecorded, corrected, rowId(52)],
      [moneyLeakRecorded, manual, rowId(53)],
    ] as const;
    for (const [event, leak, id] of [...tell, ...tell]) await downtimes.announce(event, leak, 'akron', id);
    await downtimes.settled();
    expect(await downtimes.call(getDowntime, { id: stop.id })).toMatchObject({ cost_impact: 87.5, version: 1 });
    expect((await downtimes.call(listDowntimes, { line_id: stop.line_id })).items).toMatchObject([
      { cost_impact: 87.5 },
    ]);
  });

  test('before anything is posted it is 0', async () => {
    const { id } = await aStopAt('08:00');
    expect(await downtimes.call(getDowntime, { id })).toMatchObject({ cost_impact: 0 });
  });
});

describe('correcting a stop', () => {
  test('its times cannot be moved over another stop, but within its own time', async () => {
    const first = await aStopAt('08:00', '08:20');
    const second = await aStopAt('09:00', '09:20', first.line_id);
    await expect(downtimes.call(amendDowntime, { id: second.id, start_time: at('08:19') })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringContaining(first.id),
    });
    await expect(downtimes.call(amendDowntime, { id: second.id, start_time: at('08:20') })).resolves.toMatchObject({
      duration_minutes: 60,
    });
  });

  test('an open stop reaches over all that follows', async () => {
    const open = await aStopAt('08:00');
    await expect(aStopAt('11:00', '11:10', open.line_id)).rejects.toMatchObject({ code: 'overlap' });
    await downtimes.call(endDowntime, { id: open.id, end_time: at('10:00') });
    await expect(aStopAt('11:00', '11:10', open.line_id)).resolves.toMatchObject({ status: 'ended' });
  });

  test('two stops reported for one time at once: one is kept', async () => {
    const line = await aNewLine();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => aStopAt('08:00', '08:20', line)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a voided stop keeps its row, frees its time and is announced with the reason', async () => {
    const stop = await aStopAt('08:00');
    const voided = await downtimes.call(voidDowntime, { id: stop.id, reason: 'wrong line' });
    expect(voided).toMatchObject({ void_reason: 'wrong line', version: 2 });
    expect((await downtimes.announced(downtimeVoided.type)).at(-1)?.data).toEqual(voided);
    expect((await downtimes.call(getDowntimeFigures, { line_id: stop.line_id })).open).toEqual([]);
    await expect(downtimes.call(endDowntime, { id: stop.id })).rejects.toMatchObject({ code: 'illegal_transition' });
    await expect(aStopAt('08:00', '08:20', stop.line_id)).resolves.toMatchObject({ status: 'ended' });
  });

  test('a user who may not see a stop may not change it', async () => {
    const { id } = await aStopAt('08:00', '08:20');
    for (const attempt of [
      () => downtimes.call(amendDowntime, { id, description: 'x' }, { tenant: 'globex' }),
      () => downtimes.call(voidDowntime, { id, reason: 'x' }, { tenant: 'globex' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    expect(await downtimes.call(listDowntimes, {}, { tenant: 'globex' })).toMatchObject({ items: [], total: 0 });
  });
});

describe('listing stops', () => {
  test('the window is half-open and all filters must match', async () => {
    const line_id = await aNewLine();
    for (const [from, to] of [
      ['08:00', '08:20'],
      ['09:00', '09:20'],
      ['10:00', undefined],
    ] as const)
      await aStopAt(from, to, line_id);
    const starts = async (filter: object) =>
      (await downtimes.call(listDowntimes, { line_id, sort: 'start_time', ...filter })).items.map(({ start_time }) =>
        start_time.slice(11, 16),
      );
    expect(await starts({ from: at('09:00'), to: at('10:00') })).toEqual(['09:00']);
    expect(await starts({ status: 'open' })).toEqual(['10:00']);
    expect(await starts({ status: 'ended', from: at('08:30') })).toEqual(['09:00']);
    expect(await starts({ reason_category: 'electrical' })).toEqual([]);
    expect(await starts({ is_planned: 'false' })).toHaveLength(3);
  });
});

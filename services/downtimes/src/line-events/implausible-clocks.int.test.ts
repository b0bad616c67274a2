import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  getDowntimeFigures,
  lineCreated,
  listDowntimes,
  settingsChanged,
  waitingOf,
  type SettingsRow,
} from '@plantops/contracts';
import { aLine, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const line = aLine();
let downtimes: ServiceHarness;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  await downtimes.announce(lineCreated, line);
  await downtimes.settled();
});
afterAll(() => downtimes.close());

const stop = (id: string, days: number, more: object = {}) =>
  downtimes.publish(line.code, 'downtime.ended', {
    id,
    start_time: ago(days + 0.1),
    end_time: ago(days),
    backfill: false,
    ...more,
  });
const waits = async (eventId: string) => {
  await downtimes.settled();
  return (await downtimes.call(waitingOf('downtimes').list, { event_id: eventId })).items.map(({ reason }) => reason);
};
const stops = async () => (await downtimes.call(listDowntimes, { line_id: line.id })).total;

test('a stop that ended too long ago waits, names its line to the overview, and is applied as a backfill', async () => {
  const [id, start_time, end_time] = ['old', ago(40.1), ago(40)];
  const send = (backfill: boolean) =>
    downtimes.publish(line.code, 'downtime.ended', { id, start_time, end_time, backfill });
  await send(false);
  expect([await waits('old'), await stops()]).toEqual([['too_old'], 0]);
  expect(await downtimes.call(getDowntimeFigures, {})).toMatchObject({
    waiting: [{ reason: 'too_old', count: 1 }],
    line_clocks: [{ line_id: line.id, side: 'behind', events: 1, offset_minutes: 57_600, limit_minutes: 50_400 }],
  });
  await send(true);
  expect([await waits('old'), await stops()]).toEqual([[], 1]);
});

test('the tenant’s setting is followed as soon as it was announced, in whatever order its versions arrive', async () => {
  const settings = (version: number, late_after_days: number): SettingsRow => ({
    id: rowId(90),
    tenant_id: 'akron',
    version,
    created_at: ago(0),
    updated_at: ago(0),
    created_by: 'ada',
    updated_by: 'ada',
    late_after_days,
  });
  await downtimes.announce(settingsChanged, settings(2, 60));
  await downtimes.announce(settingsChanged, settings(1, 5));
  await downtimes.settled();
  await stop('50-days', 50);
  await stop('61-days', 61);
  expect([await waits('50-days'), await waits('61-days')]).toEqual([[], ['too_old']]);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  connectionFound,
  connectionLost,
  connectionUpdated,
  getDowntimeFigures,
  lineCreated,
} from '@plantops/contracts';
import { aLine, at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const line = aLine();
const CONNECTION = rowId(70);
let downtimes: ServiceHarness;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  await downtimes.announce(lineCreated, line);
});
afterAll(() => downtimes.close());

const report = (device: string, time: string, reason: string, line_code = line.code) => ({
  id: CONNECTION,
  line_code,
  device,
  at: at(time),
  reason,
});
const lost = async (tenant = 'akron') => {
  await downtimes.settled();
  return (await downtimes.call(getDowntimeFigures, {}, { tenant })).lost_devices?.map(({ device, since }) => [
    device,
    since,
  ]);
};

test('devices of known lines are away from the last word that says so, in whatever order the words come', async () => {
  await downtimes.announce(connectionLost, report('G/N/B', '08:00', 'DDEATH'));
  await downtimes.announce(connectionLost, report('G/N/A', '08:01', 'DDEATH'));
  await downtimes.announce(connectionFound, report('G/N/A', '07:00', 'DBIRTH'));
  await downtimes.announce(connectionLost, report('G/N/C', '08:00', 'DDEATH', 'UNKNOWN'));
  expect(await lost()).toEqual([
    ['G/N/B', at('08:00')],
    ['G/N/A', at('08:01')],
  ]);
  expect(await lost('globex')).toEqual([]);
  await downtimes.announce(connectionFound, report('G/N/B', '08:02', 'DBIRTH'));
  expect(await lost()).toEqual([['G/N/A', at('08:01')]]);
});

test('none is missed of a connection that is not used any more', async () => {
  await downtimes.announce(connectionLost, report('G/N/D', '09:00', 'NDEATH'));
  expect(await lost()).toContainEqual(['G/N/D', at('09:00')]);
  await downtimes.announce(connectionUpdated, {
    id: CONNECTION,
    tenant_id: 'akron',
    version: 2,
    created_at: at('07:00'),
    updated_at: at('10:00'),
    created_by: 'ada',
    updated_by: 'ada',
    code: 'HALL-1',
    name: 'Hall 1',
    url: 'mqtts://broker.akron.example',
    is_active: false,
  } as never);
  expect(await lost()).toEqual([]);
});

test('of more than 10,000 devices of a tenant no new one is kept; those that are known go on', async () => {
  await downtimes.announce(connectionLost, report('G/N/E', '10:00', 'DDEATH'));
  expect(await lost()).toEqual([['G/N/E', at('10:00')]]);
  await downtimes.rows.query(
    `insert into line_device (tenant_id, connection_id, line_code, device, is_lost, at, reason)
     select 'akron', $1, 'OTHER', 'D' || n, false, now(), '' from generate_series(1, 9999) n`,
    [CONNECTION],
  );
  await downtimes.announce(connectionLost, report('G/N/F', '10:01', 'DDEATH'));
  await downtimes.announce(connectionLost, report('G/N/E', '10:02', 'NDEATH'));
  expect(await lost()).toEqual([['G/N/E', at('10:02')]]);
});

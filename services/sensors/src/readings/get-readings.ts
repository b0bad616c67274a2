import * as contracts from '@plantops/contracts';
import { Problem, type LineRow, type PlantRow } from '@plantops/contracts';
import { findMaster, getRow, type Tx } from '@plantops/persistence';
import { query } from '@plantops/backbone';
import { Sensor } from '../sensors/sensor.table.ts';
import { bucketMicroseconds, windowOf } from './window.rules.ts';

/** Less than the deadline of a request. Enough for some millions of readings. */
const LONGEST_LOOK_MS = 4_000;
const QUERY_CANCELED = '57014';
type Drawn = contracts.OutputOf<typeof contracts.getReadings>['items'][number];

/** `longestLookMs`: how long the statement may take. */
export const readingsQuery = (longestLookMs = LONGEST_LOOK_MS) =>
  query(contracts.getReadings, () => async ({ id, points, ...asked }, { tx, at: now }) => {
    const { unit, line_id } = await getRow(tx, Sensor, id);
    const window = windowOf(await timezoneOf(tx, line_id), asked, now);
    const [from, to] = [new Date(window.from).toISOString(), new Date(window.to).toISOString()];
    await tx.query("select set_config('statement_timeout', $1, true)", [String(longestLookMs)]);
    const items = await tx
      .query<Drawn>(DRAWN, [tx.tenant, id, from, to, bucketMicroseconds(window, points)])
      .catch(tooMany);
    return { sensor_id: id, unit, from, to, bucket_seconds: (window.to - window.from) / 1_000 / points, items };
  });
export const getReadings = readingsQuery();

const DRAWN = `
  select date_bin($5::float8 * interval '1 microsecond', at, $3::timestamptz) as at,
         min(value) as min, avg(value) as avg, max(value) as max, count(*) as count
  from reading
  where tenant_id = $1 and sensor_id = $2 and at >= $3::timestamptz and at < $4::timestamptz
  group by 1
  order by 1`;

const tooMany = (error: unknown): never => {
  if (error instanceof Error && 'code' in error && error.code === QUERY_CANCELED)
    throw Problem.field('from', 'the window holds more readings than can be drawn in time: ask for a shorter one');
  throw error;
};

/** The zone of the sensor's plant; UTC until its line and plant are announced. */
const timezoneOf = async (tx: Tx, lineId: string): Promise<string> => {
  const line = (await findMaster<LineRow>(tx, 'line', [lineId])).get(lineId);
  const plant = line && (await findMaster<PlantRow>(tx, 'plant', [line.plant_id])).get(line.plant_id);
  return plant?.timezone ?? 'UTC';
};

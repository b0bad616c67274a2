import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import {
  columnsOf,
  countWaiting,
  findMaster,
  lineClocks,
  lineCodesOf,
  masterByCode,
  type Tx,
} from '@plantops/persistence';
import { latestAt } from '../activity/activity.rules.ts';
import { firstUnits } from '../activity/first-units.ts';
import type { Deps } from '../deps.ts';
import { Downtime } from '../downtimes/downtime.table.ts';
import { lateUnitsUntil } from '../states/departure.rules.ts';
import { lateAfterDays } from '../line-events/line-event-handler.ts';

const MOST_OPEN = 1_000;
type OpenStop = contracts.OutputOf<typeof contracts.getDowntimeFigures>['open'][number];
type LostDevice = NonNullable<contracts.OutputOf<typeof contracts.getDowntimeFigures>['lost_devices']>[number];
type Counting = NonNullable<contracts.OutputOf<typeof contracts.getDowntimeFigures>['counting']>[number];

const clocksOfLines = async (tx: Tx): Promise<contracts.LineClock[]> => {
  const clocks = await lineClocks(tx, await lateAfterDays(tx));
  const lines = await masterByCode<contracts.LineRow>(
    tx,
    'line',
    clocks.map(({ line_code }) => line_code),
  );
  return clocks.flatMap(({ line_code, ...clock }) => {
    const line = lines.get(line_code);
    return line === undefined ? [] : [{ line_id: line.id, ...clock }];
  });
};

type Asked = contracts.InputOf<typeof contracts.getDowntimeFigures>;
const OF_LINES = `
  ($2::uuid is null or line_id = $2)
  and ($3::text is null or line_id in (
    select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $3))`;

/** The last stop of each line, if nobody has ended it although the line counts units. */
const countingStops = async (tx: Tx, { line_id, plant_id }: Asked, now: string): Promise<Counting[]> => {
  const stops = await tx.query<contracts.DowntimeRow>(
    `select ${columnsOf(Downtime, 'd')}
     from master l
     cross join lateral (
       select *
       from downtime
       where tenant_id = $1 and line_id = l.id and voided_at is null and source <> 'silence'
       order by start_time desc, id desc
       limit 1) d
     where l.tenant_id = $1 and l.kind = 'line' and (d.status = 'open' or d.is_end_assumed) and d.phase = 'production'
       and ($2::uuid is null or l.id = $2) and ($3::text is null or l.data->>'plant_id' = $3)
     order by d.start_time, d.id
     limit ${MOST_OPEN}`,
    [tx.tenant, line_id ?? null, plant_id ?? null],
  );
  const lines = await findMaster<contracts.LineRow>(
    tx,
    'line',
    stops.map((stop) => stop.line_id),
  );
  const open = stops.flatMap((stop) => {
    const line = stop.end_time === null ? lines.get(stop.line_id) : undefined;
    return line === undefined ? [] : [{ stop, line }];
  });
  const counted = await firstUnits(
    tx,
    open.map(({ stop, line }) => ({
      line_code: line.code,
      after: lateUnitsUntil(line.versions, stop.start_time),
      before: latestAt(now),
    })),
  );
  const from = new Map(open.map(({ stop }, index) => [stop, counted[index]]));
  return stops.flatMap((stop) => {
    const { id, line_id: of, start_time, end_time, is_end_assumed } = stop;
    const counted_from = end_time ?? from.get(stop);
    return counted_from === undefined ? [] : [{ id, line_id: of, start_time, counted_from, is_end_assumed }];
  });
};

const lostDevices = (tx: Tx, { line_id, plant_id }: Asked): Promise<LostDevice[]> =>
  tx.query<LostDevice>(
    `select l.id as line_id, d.device, d.at as since, d.reason
     from line_device d
     join master l on l.tenant_id = d.tenant_id and l.kind = 'line' and l.code = d.line_code
     where d.tenant_id = $1 and d.is_lost
       and ($2::uuid is null or l.id = $2) and ($3::text is null or l.data->>'plant_id' = $3)
     order by d.at, d.device
     limit ${MOST_OPEN}`,
    [tx.tenant, line_id ?? null, plant_id ?? null],
  );

/**
 * The open stops, longest first; stops whose lines count units; devices that are away; what waits, and lines whose clock is not plausible.
 */
export const getFigures = query(
  contracts.getDowntimeFigures,
  ({ now }: Deps) =>
    async ({ line_id, plant_id }, { tx }) => ({
      lost_devices: await lostDevices(tx, { line_id, plant_id }),
      counting: await countingStops(tx, { line_id, plant_id }, now()),
      waiting: await countWaiting(tx, await lineCodesOf(tx, { line_id, plant_id })),
      line_clocks: await clocksOfLines(tx),
      open: await tx.query<OpenStop>(
        `select id, line_id, start_time, reason_category, is_planned, left(description, 200) as description, source
     from downtime
     where tenant_id = $1
       and status = 'open'
       and voided_at is null
       and ${OF_LINES}
     order by start_time, id
     limit ${MOST_OPEN}`,
        [tx.tenant, line_id ?? null, plant_id ?? null],
      ),
    }),
);

import { countRoom, mostWaiting, records, sql, type Tx } from '@plantops/persistence';
import { countWaitingAlone } from './locks.ts';
import type { Usable } from './read-chunks.ts';
import { rejectAll } from './reject-messages.ts';

/**
 * Stores readings of unknown sensors until the sensor is added. A message waits as a whole; without room for it, it
 * is rejected.
 */
export const waitForSensors = async (
  tx: Tx,
  messages: readonly Usable[],
  now: string,
  most?: number,
): Promise<void> => {
  if (messages.length === 0) return;
  await countWaitingAlone(tx);
  let room = await countRoom(tx, { table: 'waiting_reading', most });
  const allFit = messages.reduce((sum, { readings }) => sum + readings.length, 0) <= room;
  const [admitted, beyond]: [Usable[], Usable[]] = [[], []];
  for (const message of messages) {
    const size = allFit ? 0 : await countNew(tx, message);
    (size <= room ? admitted : beyond).push(message);
    if (size <= room) room -= size;
  }
  const rows = admitted.flatMap(({ line, sensor, readings }) =>
    readings.map((reading) => ({ line, sensor, ...reading })),
  );
  await tx.query(sql`
    insert into waiting_reading (tenant_id, line_code, sensor_code, at, value, quality, received_at)
    select ${tx.tenant}, r.line, r.sensor, r.at, r.value, r.quality, ${now}::timestamptz
    from ${records('r', rows, { line: 'text', sensor: 'text', at: 'timestamptz', value: 'float8', quality: 'text' })}
    on conflict do nothing`);
  await rejectAll(
    tx,
    beyond.map((message) => ({
      message,
      reason: `line ${message.line} has no sensor ${message.sensor} and ${mostWaiting({ most })} readings may wait in all: add the sensor, then send this again`,
    })),
    now,
  );
};

/** How many readings of a message are not waiting already: one that is delivered again needs no room. */
const countNew = async (tx: Tx, { line, sensor, readings }: Usable): Promise<number> => {
  const instants = [...new Set(readings.map(({ at }) => at))];
  const [row] = await tx.query<{ count: number }>(
    `select count(*) as count
     from waiting_reading
     where tenant_id = $1 and line_code = $2 and sensor_code = $3 and at = any($4::timestamptz[])`,
    [tx.tenant, line, sensor, instants],
  );
  return instants.length - (row?.count ?? 0);
};

import type { SensorRow } from '@plantops/contracts';
import { rejectMessages, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { releaseRest } from './release-waiting.ts';

const LONGEST_WAIT_DAYS = 30;
const EXPIRED_AT_ONCE = 5_000;

/**
 * Stores readings that still wait because the process that added their sensor ended. Deletes those that waited too
 * long.
 */
export const tidyWaiting = async (deps: Deps): Promise<void> => {
  const { database, now } = deps;
  const tenants = await database.transact('*', (tx) =>
    tx.query<{ tenant_id: string }>('select distinct tenant_id from waiting_reading'),
  );
  for (const { tenant_id } of tenants) {
    const known = await database.transact(tenant_id, (tx) =>
      tx.query<SensorRow>(
        `select s.*
         from sensor s
         where s.tenant_id = $1
           and exists (
             select from waiting_reading w
             where w.tenant_id = $1 and w.line_code = s.line_code and w.sensor_code = s.code
           )`,
        [tx.tenant],
      ),
    );
    for (const sensor of known) await releaseRest(deps, tenant_id, sensor);
    while ((await database.transact(tenant_id, (tx) => expireChunk(tx, now()))) === EXPIRED_AT_ONCE);
  }
};

type Expired = { readonly line_code: string; readonly sensor_code: string; readonly at: string };

const expireChunk = async (tx: Tx, now: string): Promise<number> => {
  const oldest = new Date(Date.parse(now) - LONGEST_WAIT_DAYS * 86_400_000).toISOString();
  const rows = await tx.query<Expired>(
    `with expired as (
       delete from waiting_reading
       where ctid = any(array(
         select ctid
         from waiting_reading
         where tenant_id = $1 and received_at < $2
         order by received_at
         limit ${EXPIRED_AT_ONCE}
       ))
       returning line_code, sensor_code, at
     )
     select line_code, sensor_code, at from expired order by at`,
    [tx.tenant, oldest],
  );
  const bySensor = Map.groupBy(rows, ({ line_code, sensor_code }) => `${line_code}.${sensor_code}`);
  await rejectMessages(tx, [...bySensor.values()].map(rejectionOf(tx.tenant)), now);
  return rows.length;
};

/** One rejection for all expired readings of a sensor. */
const rejectionOf =
  (tenant: string) =>
  (ofSensor: readonly Expired[]): Parameters<typeof rejectMessages>[1][number] => {
    const { line_code: line, sensor_code: sensor, at: from } = ofSensor[0] as Expired;
    return {
      tenant,
      line,
      kind: 'readings',
      id: sensor,
      reason: `sensor ${sensor} of line ${line} did not become known within ${LONGEST_WAIT_DAYS} days`,
      body: JSON.stringify({ sensor, readings: ofSensor.length, from, to: ofSensor.at(-1)?.at }),
    };
  };

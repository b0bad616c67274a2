import type { Reading } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** A reading and its sensor, as the index of its id in the batch, from 1. */
export type Placed = { readonly place: number; readonly reading: Reading };

/** Makes the missing partitions for the months of the readings. */
export const ensurePartitions = async (tx: Tx, readings: Iterable<Reading>): Promise<void> => {
  const months = new Set<string>();
  for (const { at } of readings) months.add(at.slice(0, 7));
  await tx.query('select ensure_reading_partition(month) from unnest($1::date[]) as m(month) order by month', [
    [...months].map((month) => `${month}-01`),
  ]);
};

/** Inserts readings that cannot be stored yet. Looking for each one first would take twice the time. */
export const insertNew = async (tx: Tx, sensorIds: readonly string[], placed: readonly Placed[]): Promise<void> => {
  if (placed.length > 0) await tx.query(INSERT, [tx.tenant, sensorIds, ...columns(placed)]);
};

/** Inserts those that are not stored yet, and returns how many that were. */
export const insertMissing = async (
  tx: Tx,
  sensorIds: readonly string[],
  placed: readonly Placed[],
): Promise<number> => {
  if (placed.length === 0) return 0;
  const rows = await tx.query(`${INSERT} on conflict do nothing returning 1`, [
    tx.tenant,
    sensorIds,
    ...columns(placed),
  ]);
  return rows.length;
};

const INSERT = `insert into reading (tenant_id, sensor_id, at, value, quality)
  select $1, ($2::uuid[])[place], at, value, quality
  from unnest($3::int[], $4::timestamptz[], $5::float8[], $6::text[]) as r(place, at, value, quality)`;

/** Array literals written here: none of these values needs quotes, and the driver would quote each one. */
const columns = (placed: readonly Placed[]): string[] => [
  `{${placed.map(({ place }) => place).join()}}`,
  `{${placed.map(({ reading }) => reading.at).join()}}`,
  `{${placed.map(({ reading }) => reading.value).join()}}`,
  `{${placed.map(({ reading }) => reading.quality).join()}}`,
];

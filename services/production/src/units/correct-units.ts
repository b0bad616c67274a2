/** After the units of a product have changed, what was given in one of them is converted again, chunk by chunk. */
import {
  batchAmended,
  type BatchRow,
  countAmended,
  scrapAmended,
  type CountRow,
  type EventContract,
  type ScrapRow,
} from '@plantops/contracts';
import {
  announce,
  announcement,
  columnsOf,
  eachTenant,
  fieldNames,
  getRow,
  sql,
  updateRow,
  type Database,
  type RowBase,
  type Table,
  type Tx,
} from '@plantops/persistence';
import type { z } from 'zod';
import { Batch } from '../batches/batch.table.ts';
import { UnitCount } from '../counts/unit-count.table.ts';
import { Product } from '../products/product.table.ts';
import { ScrapEvent } from '../scrap/scrap-event.table.ts';
import { corrected, type Measured } from './units.rules.ts';

const ROWS_AT_ONCE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Notes that rows of the product must be converted again, all of them, also those that were before. */
export async function noteCorrection(tx: Tx, productId: string, actor: string): Promise<void> {
  await tx.query(sql`
    insert into unit_correction (tenant_id, product_id, actor, after_scrap, after_count, after_batch)
    values (${tx.tenant}, ${productId}, ${actor}, ${BEFORE_ALL}, ${BEFORE_ALL}, ${BEFORE_ALL})
    on conflict (tenant_id, product_id) do update
    set actor = excluded.actor, after_scrap = excluded.after_scrap, after_count = excluded.after_count,
      after_batch = excluded.after_batch`);
}

/** Converts all that is due, of all tenants. */
export async function correctUnits(database: Database, now: string): Promise<void> {
  await eachTenant(database, sql`select distinct tenant_id from unit_correction`, async (tenant) => {
    while (await database.transact(tenant, (tx) => correctChunk(tx, now)));
  });
}

type Due = {
  readonly product_id: string;
  readonly actor: string;
  /** The last row that was converted; null: all were. */
  readonly after_scrap: string | null;
  readonly after_count: string | null;
  readonly after_batch: string | null;
};

/** Returns whether there may be more. */
async function correctChunk(tx: Tx, now: string): Promise<boolean> {
  const [due] = await tx.query<Due>(sql`
    select product_id, actor, after_scrap, after_count, after_batch
    from unit_correction
    where tenant_id = ${tx.tenant}
    order by product_id
    limit 1
    for update skip locked`);
  if (due === undefined) return false;
  const product = await getRow(tx, Product, due.product_id);
  const chunk = { product, actor: due.actor, now };
  const scrap = await correctRows(tx, ScrapEvent, scrapAmended, { ...chunk, after: due.after_scrap });
  const count = await correctRows(tx, UnitCount, countAmended, { ...chunk, after: due.after_count });
  const batch = await correctRows(tx, Batch, batchAmended, { ...chunk, after: due.after_batch });
  if (scrap === null && count === null && batch === null)
    await tx.query(sql`delete from unit_correction where tenant_id = ${tx.tenant} and product_id = ${due.product_id}`);
  else
    await tx.query(sql`
      update unit_correction
      set after_scrap = ${scrap}, after_count = ${count}, after_batch = ${batch}
      where tenant_id = ${tx.tenant} and product_id = ${due.product_id}`);
  return true;
}

type Chunk = {
  readonly product: Measured;
  readonly actor: string;
  readonly now: string;
  readonly after: string | null;
};

/** Converts and announces the next rows; returns the last of them, or null when there are no more. */
async function correctRows<R extends ScrapRow | CountRow | BatchRow>(
  tx: Tx,
  table: Table<R>,
  event: EventContract<z.ZodType<R>>,
  { product, actor, now, after }: Chunk,
): Promise<string | null> {
  if (after === null) return null;
  const rows = await givenAfter(tx, table, product.id, after);
  const changed = rows.flatMap((row) => {
    const change = corrected(product, row);
    return change === undefined ? [] : [updateRow<R>(tx, table, row, change, { actor }, now)];
  });
  const updated = await Promise.all(changed);
  await announce(
    tx,
    updated.map((row) => announcement(event, row, row.id)),
    { actor },
    now,
  );
  return rows.length < ROWS_AT_ONCE ? null : (rows.at(-1)?.id ?? null);
}

/** The next rows of the product that were given in another unit, locked. */
export function givenAfter<R extends RowBase>(tx: Tx, table: Table<R>, productId: string, after: string): Promise<R[]> {
  return tx.query<R>(
    `select ${columnsOf(table)}
     from ${table.meta.tableName}
     where tenant_id = $1 and product_id = $2 and ${fieldNames(table).includes('given') ? "given <> '{}'" : 'given_unit is not null'}
       and id > $3
     order by id
     limit ${ROWS_AT_ONCE}
     for update`,
    [tx.tenant, productId, after],
  );
}

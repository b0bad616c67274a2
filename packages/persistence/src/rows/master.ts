/** A service's copy of others' master data, kept by their announcements. The newest version wins, in whatever order they come. */
import { Problem, type CloudEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Tx } from '../database/tx.ts';

type MasterRow = { id: string; code: string; version: number };

/** Keeps the newest version of each announced row. */
export const rememberMaster = async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
  const rows = events.map(({ type, data }) => ({ kind: type.split('.')[0] as string, data: data as MasterRow }));
  const newest = new Map(rows.toSorted((a, b) => a.data.version - b.data.version).map((row) => [row.data.id, row]));
  await tx.query(
    `insert into master (tenant_id, kind, id, code, version, data)
     select $1, kind, (data->>'id')::uuid, data->>'code', (data->>'version')::integer, data from unnest($2::text[], $3::jsonb[]) as m(kind, data)
     on conflict (tenant_id, kind, id) do update set code = excluded.code, version = excluded.version, data = excluded.data where excluded.version > master.version`,
    [tx.tenant, [...newest.values()].map(({ kind }) => kind), [...newest.values()].map(({ data }) => JSON.stringify(data))],
  );
};

/** Rows of a kind by id; those not known are missing from the map. */
export const findMaster = async <R>(tx: Tx, kind: string, ids: readonly string[]): Promise<Map<string, R>> => {
  const rows = await tx.query<{ id: string; data: R }>(
    'select id, data from master where tenant_id = $1 and kind = $2 and id = any($3::uuid[])',
    [tx.tenant, kind, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, data }) => [id, data]));
};

/** The lines of a plant, for lists whose rows name a line; undefined when no plant is asked for. */
export const linesOfPlant = async (tx: Tx, plantId: string | undefined): Promise<string[] | undefined> => {
  if (plantId === undefined) return undefined;
  const rows = await tx.query<{ id: string }>("select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $2", [
    tx.tenant,
    plantId,
  ]);
  return rows.map(({ id }) => id);
};

/** Rows of a kind by code. */
export const masterByCode = async <R>(tx: Tx, kind: string, codes: readonly string[]): Promise<Map<string, R>> => {
  const rows = await tx.query<{ code: string; data: R }>(
    'select code, data from master where tenant_id = $1 and kind = $2 and code = any($3)',
    [tx.tenant, kind, [...new Set(codes)]],
  );
  return new Map(rows.map(({ code, data }) => [code, data]));
};

/**
 * Finds a row that a command names: in the copy, or, while its announcement is on the way, by asking its owner.
 * `ask` rejects with the problem `not_found` when there is none.
 */
export const masterLookup =
  <R extends MasterRow, C extends { tenant: string }>(database: Database, kind: string, ask: (id: string, call: C) => Promise<R>) =>
  async (rowId: string, call: C, path = `${kind}_id`): Promise<R> => {
    const known = await database.transact(call.tenant, (tx) => findMaster<R>(tx, kind, [rowId]));
    const found = known.get(rowId);
    if (found) return found;
    try {
      return await ask(rowId, call);
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') throw Problem.field(path, `names no ${kind} that exists`);
      throw error;
    }
  };

/** Refuses a batch that a command names and that is not one of its line. `ask` finds a batch, or rejects with `not_found`. */
export const batchOfLine =
  <C>(ask: (id: string, call: C) => Promise<{ line_id: string }>) =>
  async (batchId: string | null | undefined, lineId: string, call: C): Promise<void> => {
    if (batchId === null || batchId === undefined) return;
    try {
      if ((await ask(batchId, call)).line_id === lineId) return;
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'not_found')) throw error;
    }
    throw Problem.field('batch_id', 'names no batch of this line');
  };

/**
 * A service's copy of master data, kept by the owner's events. The newest version wins, in whatever order they arrive.
 */
import type { CloudEvent } from '@plantops/contracts';
import { records, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

type MasterRow = { id: string; code: string; version: number };

/** Stores the newest version of each announced row. */
export async function rememberMaster(tx: Tx, events: readonly CloudEvent[]): Promise<void> {
  const rows = events.map(({ type, data }) => ({ kind: type.split('.')[0] as string, row: data as MasterRow }));
  const newest = new Map(rows.toSorted((a, b) => a.row.version - b.row.version).map((one) => [one.row.id, one]));
  const stored = [...newest.values()].map(({ kind, row }) => ({ kind, data: JSON.stringify(row) }));
  await tx.query(sql`
    insert into master (tenant_id, kind, id, code, version, data)
    select ${tx.tenant}, kind, (data->>'id')::uuid, data->>'code', (data->>'version')::integer, data
    from ${records('m', stored, { kind: 'text', data: 'jsonb' })}
    on conflict (tenant_id, kind, id) do update
    set code = excluded.code, version = excluded.version, data = excluded.data
    where excluded.version > master.version`);
}

/** Rows of a kind by id; unknown ids are missing from the map. */
export async function findMaster<R>(tx: Tx, kind: string, ids: readonly string[]): Promise<Map<string, R>> {
  const rows = await tx.query<{ id: string; data: R }>(sql`
    select id, data
    from master
    where tenant_id = ${tx.tenant} and kind = ${kind} and id = any(${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map(({ id, data }) => [id, data]));
}

/** Rows of a kind by code; unknown codes are missing from the map. */
export async function masterByCode<R>(tx: Tx, kind: string, codes: readonly string[]): Promise<Map<string, R>> {
  const rows = await tx.query<{ code: string; data: R }>(sql`
    select code, data
    from master
    where tenant_id = ${tx.tenant} and kind = ${kind} and code = any(${[...new Set(codes)]})`);
  return new Map(rows.map(({ code, data }) => [code, data]));
}

/**
 * The codes of a line, or of the lines of a plant, to filter what is named by codes; undefined when neither is named.
 */
export async function lineCodesOf(
  tx: Tx,
  { line_id, plant_id }: { readonly line_id?: string | undefined; readonly plant_id?: string | undefined },
): Promise<string[] | undefined> {
  if (line_id === undefined && plant_id === undefined) return undefined;
  const rows = await tx.query<{ code: string }>(sql`
    select code
    from master
    where tenant_id = ${tx.tenant} and kind = 'line'
      and (${line_id ?? null}::uuid is null or id = ${line_id ?? null}::uuid)
      and (${plant_id ?? null}::text is null or data->>'plant_id' = ${plant_id ?? null})`);
  return rows.map(({ code }) => code);
}

/** The lines of a plant, to filter a list by plant; undefined when no plant is named. */
export async function linesOfPlant(tx: Tx, plantId: string | undefined): Promise<string[] | undefined> {
  if (plantId === undefined) return undefined;
  const rows = await tx.query<{ id: string }>(sql`
    select id
    from master
    where tenant_id = ${tx.tenant} and kind = 'line' and data->>'plant_id' = ${plantId}`);
  return rows.map(({ id }) => id);
}

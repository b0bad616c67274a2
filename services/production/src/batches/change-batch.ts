import type { BatchRow, EventContract } from '@plantops/contracts';
import {
  announceRow,
  insertRow,
  lockLineEvents,
  lockRow,
  updateRow,
  type FieldsOf,
  type Writing,
} from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { Batch } from './batch.table.ts';
import { deriveRuns, saveDerived, storeWord, type Word } from './derive-runs.ts';

type BatchEvent = EventContract<z.ZodType<BatchRow>>;
type Change = {
  readonly fields: Partial<FieldsOf<BatchRow>>;
  readonly word?: Word | undefined;
  /** Gets the batches that overlap it, as they were, and throws where they do not allow the change. */
  readonly check?: (near: readonly BatchRow[]) => void;
};

/** Locks a batch, lets a rule decide what changes, and derives when it and the others of its line run. */
export async function changeBatch(
  work: Writing & { readonly call: { readonly expectedVersion?: number | undefined } },
  id: string,
  event: BatchEvent,
  decide: (batch: BatchRow) => Change | Promise<Change>,
): Promise<BatchRow> {
  const { tx, call } = work;
  const [, batch] = await Promise.all([lockLineEvents(tx), lockRow(tx, Batch, id, call.expectedVersion)]);
  return writeBatch(work, batch, await decide(batch), event);
}

/** Writes a change of a locked batch and what follows for the others of its line. Call under `lockLineEvents`. */
export async function writeBatch(
  work: Writing,
  batch: BatchRow,
  { fields, word, check }: Change,
  event: BatchEvent,
): Promise<BatchRow> {
  const { tx, call, at } = work;
  const after = { ...batch, ...fields };
  const derived = after.started_at === null ? undefined : await deriveRuns(tx, batch, after, word);
  check?.(derived?.near ?? []);
  const changed = await updateRow(tx, Batch, batch, { ...fields, ...derived?.own }, call, at);
  await announceRow(work, changed, event);
  if (word !== undefined) await storeWord(tx, batch.id, word);
  if (derived !== undefined) await saveDerived(tx, derived, call, at);
  return changed;
}

/** Adds a batch that runs already. Call under `lockLineEvents`. */
export async function addRunning(work: Writing, fields: FieldsOf<BatchRow>, event: BatchEvent): Promise<BatchRow> {
  const { tx, call, at } = work;
  const id = uuidv7();
  const stamps = { tenant_id: tx.tenant, version: 1, created_at: at, updated_at: at, created_by: '', updated_by: '' };
  const derived = await deriveRuns(tx, undefined, { ...stamps, ...fields, id });
  const added = await insertRow(tx, Batch, { ...fields, ...derived.own, id }, call, at);
  await announceRow(work, added, event);
  await saveDerived(tx, derived, call, at);
  return added;
}

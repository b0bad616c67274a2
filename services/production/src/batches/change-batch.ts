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
import { around, readCourses, type Courses } from './read-courses.ts';

type BatchEvent = EventContract<z.ZodType<BatchRow>>;
type Change = {
  readonly fields: Partial<FieldsOf<BatchRow>>;
  readonly word?: Word | undefined;
  /** Gets the batches that overlap it, as they were, and throws where they do not allow the change. */
  readonly check?: (near: readonly BatchRow[]) => void;
};

type Command = Writing & { readonly call: { readonly expectedVersion?: number | undefined } };

/**
 * Locks a batch, lets a rule decide what changes, and derives when it and the others of its line run. `at`: when it
 * starts, or what is said of it happened.
 */
export async function changeBatch(
  work: Command,
  { id, at }: { readonly id: string; readonly at: string },
  event: BatchEvent,
  decide: (batch: BatchRow) => Change | Promise<Change>,
): Promise<BatchRow> {
  const { tx, call } = work;
  const [, batch, read] = await Promise.all([
    lockLineEvents(tx),
    lockRow(tx, Batch, id, call.expectedVersion),
    readCourses(tx, around(tx, id, at)),
  ]);
  return writeBatch(work, batch, { ...(await decide(batch)), read }, event);
}

/** Writes a change of a locked batch and what follows for the others of its line. Call under `lockLineEvents`. */
export async function writeBatch(
  work: Writing,
  batch: BatchRow,
  { fields, check, ...given }: Change & { readonly read?: Courses },
  event: BatchEvent,
): Promise<BatchRow> {
  const { tx, call, at } = work;
  const after = { ...batch, ...fields };
  const derived = after.started_at === null ? undefined : await deriveRuns(tx, batch, after, given);
  check?.(derived?.near ?? []);
  const changed = await updateRow(tx, Batch, batch, { ...fields, ...derived?.own }, call, at);
  await Promise.all([
    announceRow(work, changed, event),
    given.word && storeWord(tx, batch.id, given.word),
    derived && saveDerived(tx, derived, call, at),
  ]);
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

/** Finds rows of other services that a command names: in this service's copy, else by asking their owner. */
import { Problem, type MasterRows } from '@plantops/contracts';
import { findMaster } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import { answerOfOwner, type Work } from './work.ts';

/** Finds a row by its id. Throws `invalid`, with the field's path, when it does not exist. */
export type Lookup<R> = (id: string, work: Work, path?: string) => Promise<R>;

/** Looks up master data. `ask` asks the owner, and rejects with `not_found` when the row does not exist. */
export function masterLookup<K extends keyof MasterRows>(
  kind: K,
  ask: (id: string, call: Call) => Promise<MasterRows[K]>,
): Lookup<MasterRows[K]> {
  return async (id, work, path = `${kind}_id`) => {
    const copied = await findMaster<MasterRows[K]>(work.tx, kind, [id]);
    return (
      copied.get(id) ??
      answerOfOwner(work, `${kind} ${id}`, (call) =>
        ask(id, call).catch(insteadOfNotFound(() => Problem.field(path, `names no ${kind} that exists`))),
      )
    );
  };
}

/** Checks that a command's batch, if it names one, is of the command's line. Throws `invalid` otherwise. */
export type BatchCheck = (batchId: string | null | undefined, lineId: string, work: Work) => Promise<void>;
type OfLine = { readonly line_id: string };

/**
 * `copied` reads this service's own rows. `ask` asks the owner, and rejects with `not_found` when the batch does not
 * exist.
 */
export function batchCheck(
  ask: (id: string, call: Call) => Promise<OfLine>,
  copied: (id: string, work: Work) => Promise<OfLine | undefined> = async () => undefined,
): BatchCheck {
  return async (batchId, lineId, work) => {
    if (batchId === null || batchId === undefined) return;
    const refusal = () => Problem.field('batch_id', 'names no batch of this line');
    const batch =
      (await copied(batchId, work)) ??
      answerOfOwner(work, `batch ${batchId}`, (call) => ask(batchId, call).catch(insteadOfNotFound(refusal)));
    if (batch.line_id !== lineId) throw refusal();
  };
}

const insteadOfNotFound = (refusal: () => Problem) => (error: unknown) => {
  throw error instanceof Problem && error.code === 'not_found' ? refusal() : error;
};

import { batchPaused, batchResumed, lineSystem, Problem } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { batchByNumber } from './batch-by-number.ts';
import { checkSaid } from './batch.rules.ts';
import { writeBatch } from './change-batch.ts';

const WORDS = {
  'batch.paused': { word: 'pause', verb: 'paused', announced: batchPaused },
  'batch.resumed': { word: 'resume', verb: 'resumed', announced: batchResumed },
} as const;

/** A line system paused or resumed a batch. If its start has not arrived yet, the event waits for it. */
export const applyBatchWord = async (
  tx: Tx,
  { event, line }: Located<'batch.paused' | 'batch.resumed'>,
  now: string,
): Promise<Verdict> => {
  const { batch_number, at } = event.body;
  const { word, verb, announced } = WORDS[event.kind];
  const batch = await batchByNumber(tx, line.id, batch_number);
  // Where it lies before the start, an earlier start can still come.
  if (batch === undefined || batch.status === 'planned' || (batch.started_at !== null && at < batch.started_at))
    return { waitsFor: waitKey.batch(line.code, batch_number) };
  try {
    if (at !== batch.started_at) checkSaid(batch, { path: 'at', verb, at }, now);
    await writeBatch({ tx, call: lineSystem(event), at: now }, batch, { fields: {}, word: { word, at } }, announced);
    return applied();
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};

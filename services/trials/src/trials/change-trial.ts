import type { EventContract, TrialRow, trialRow } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Trial } from './trial.entity.ts';

/** Locks a trial, lets a rule decide what changes, writes it and announces it, in one transaction. */
export const changeTrial = (
  { database, now }: Deps,
  id: string,
  call: Call,
  event: EventContract<typeof trialRow>,
  decide: (trial: TrialRow, now: string) => Partial<TrialRow>,
): Promise<TrialRow> =>
  runCommand(database, call, async (tx) => {
    const at = now();
    const trial = await lockRow<TrialRow>(tx, Trial, id, call.expectedVersion);
    const changed = await updateRow(tx, Trial, trial, decide(trial, at), call, at);
    await announce(tx, [announcement(event, changed, id)], call, at);
    return changed;
  });

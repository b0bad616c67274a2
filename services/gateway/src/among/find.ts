/** One of several services has the row that a request names: all are asked, the others answer that it is not theirs. */
import { historyOwners, Problem, type Operation } from '@plantops/contracts';
import type { Bus } from '@plantops/service-kit';
import type { Answering } from '../http/mount.ts';

export const whoeverHasIt =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  async (input, call) => {
    const answers = await Promise.allSettled(operations.map((operation) => bus.callRaw(operation, JSON.stringify(input), call)));
    const found = answers.find((answer) => answer.status === 'fulfilled');
    if (found) return found.value;
    const refusals: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    throw refusals.find((refusal) => !(refusal instanceof Problem && refusal.code === 'not_found')) ?? refusals[0];
  };

/** A resource names its owner in the path. */
export const ownerOfResource =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  (input, call) => {
    const owner = Object.entries(historyOwners).find(([resource]) => resource === input['resource'])?.[1].service;
    // One that nobody owns is refused by whoever is asked, in the words of the contract.
    const [operation] = [...operations.filter(({ service }) => service === owner), ...operations];
    return bus.callRaw(operation as Operation, JSON.stringify(input), call);
  };

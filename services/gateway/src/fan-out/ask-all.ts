/** For a row that one of several services has: asks all of them; those without it answer `not_found`. */
import { historyOwners, Problem, type Operation } from '@plantops/contracts';
import type { Bus } from '@plantops/service-kit';
import type { Answering } from './answering.ts';

export const askAll =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  async (input, call) => {
    const answers = await Promise.allSettled(
      operations.map((operation) => bus.callRaw(operation, JSON.stringify(input), call)),
    );
    const found = answers.find((answer) => answer.status === 'fulfilled');
    if (found) return found.value;
    const refusals: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    throw refusals.find((refusal) => !(refusal instanceof Problem && refusal.code === 'not_found')) ?? refusals[0];
  };

/** The path names the owner by its resource. */
export const ownerOfResource =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  (input, call) => {
    const owner = Object.entries(historyOwners).find(([resource]) => resource === input['resource'])?.[1].service;
    // Any service refuses a resource without an owner, as the contract says.
    const [operation] = [...operations.filter(({ service }) => service === owner), ...operations];
    return bus.callRaw(operation as Operation, JSON.stringify(input), call);
  };

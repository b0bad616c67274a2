/** For a row that one of several services has: asks all of them; those without it answer `not_found`. */
import { historyOwners, Problem, type Operation, type ServiceName } from '@plantops/contracts';
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

/** The path names the owners by its resource. */
export const ownerOfResource =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  (input, call) => {
    const named = Object.entries(historyOwners).find(([resource]) => resource === input['resource']);
    const owners: readonly ServiceName[] = named?.[1].services ?? [];
    const owning = operations.filter(({ service }) => owners.includes(service));
    // Any service refuses a resource without an owner, as the contract says.
    return askAll(bus, owning.length === 0 ? operations.slice(0, 1) : owning)(input, call);
  };

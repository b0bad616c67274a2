/** A command of several services: each does its part, and the answer is the sum of theirs. */
import type { Operation } from '@plantops/contracts';
import { decode, type Bus } from '@plantops/service-kit';
import type { Answering } from './answering.ts';

/** Every field of the answers is a number. If a service fails, the command may be sent again: what is done is done. */
export const summed =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  async (input, call) => {
    const body = JSON.stringify(input);
    const answers = await Promise.all(operations.map((operation) => bus.callRaw(operation, body, call)));
    const sum: Record<string, number> = {};
    for (const answer of answers)
      for (const [field, value] of Object.entries(JSON.parse(decode(answer.body)) as Record<string, number>))
        sum[field] = (sum[field] ?? 0) + value;
    return {
      body: Buffer.from(JSON.stringify(sum)),
      isReplayed: answers.every(({ isReplayed }) => isReplayed === true),
    };
  };

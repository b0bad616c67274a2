/** Binds a use case to its contract, which gives the types of its input and output. */
import type { Operation } from '@plantops/contracts';
import { getRow, type RowBase, type Table } from '@plantops/persistence';
import { answer, type Answer, type Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { inCommand, inQuery, type Base, type Work } from './work.ts';

/** A use case, before it has its dependencies. */
export type UseCase<D> = (deps: D) => Answer;

type Does<D, I extends z.ZodType, O extends z.ZodType, Context> = (
  deps: D,
) => (input: z.infer<I>, context: Context) => Promise<z.infer<O>> | z.infer<O>;

/** A use case that changes rows, in one transaction. With an Idempotency-Key it takes effect once. */
export function command<I extends z.ZodType, O extends z.ZodType, D extends Base>(
  contract: Operation<I, O>,
  does: Does<D, I, O, Work>,
): UseCase<D> {
  return (deps) => {
    const run = does(deps);
    return answer(contract, (input, call) =>
      inCommand(deps, call, async (work) => (await run(input, work)) as z.infer<O> & object),
    );
  };
}

/** A use case that reads, in one transaction. */
export function query<I extends z.ZodType, O extends z.ZodType, D extends Base>(
  contract: Operation<I, O>,
  does: Does<D, I, O, Work>,
): UseCase<D> {
  return (deps) => {
    const run = does(deps);
    return answer(contract, (input, call) => inQuery(deps, call, async (work) => run(input, work)));
  };
}

/** A use case that opens its transactions itself, for the few that need more than one. */
export function useCase<I extends z.ZodType, O extends z.ZodType, D>(
  contract: Operation<I, O>,
  does: Does<D, I, O, Call>,
): UseCase<D> {
  return (deps) => {
    const run = does(deps);
    return answer(contract, async (input, call) => run(input, call));
  };
}

/** A query that returns a row by its id. Throws `not_found`. */
export const getById =
  <R extends RowBase>(table: Table<R>) =>
  () =>
  ({ id }: { id: string }, { tx }: Work): Promise<R> =>
    getRow(tx, table, id);

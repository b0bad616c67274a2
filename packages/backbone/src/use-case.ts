/** Binds a use case to its contract, which gives the types of its input and output. */
import type { JsonText, Operation } from '@plantops/contracts';
import { getJson, type RowBase, type Table, type View } from '@plantops/persistence';
import { answer, type Answer, type Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { inCommand, inQuery, type Base, type Work } from './work.ts';

/** A use case, before it has its dependencies. */
export type UseCase<D> = (deps: D) => Answer;

type Does<D, I extends z.ZodType, O extends z.ZodType, Context> = (
  deps: D,
) => (input: z.infer<I>, context: Context) => Promise<z.infer<O>> | z.infer<O>;

type Reads<D, I extends z.ZodType, O extends z.ZodType, Context> = (
  deps: D,
) => (input: z.infer<I>, context: Context) => Promise<Output<O>> | Output<O>;
/** As an object, or as JSON text that is sent as it is. */
type Output<O extends z.ZodType> = z.infer<O> | JsonText<z.infer<O>>;

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
  does: Reads<D, I, O, Work>,
): UseCase<D> {
  return (deps) => {
    const run = does(deps);
    return answer(contract, (input, call) => inQuery(deps, call, async (work) => run(input, work)));
  };
}

/** A use case that opens its transactions itself, for the few that need more than one. */
export function useCase<I extends z.ZodType, O extends z.ZodType, D>(
  contract: Operation<I, O>,
  does: Reads<D, I, O, Call>,
): UseCase<D> {
  return (deps) => {
    const run = does(deps);
    return answer(contract, async (input, call) => run(input, call));
  };
}

/** A query that returns a row of a table or view by its id. Throws `not_found`; `name` is what people call the row. */
export function getById<R extends { id: string }, I extends z.ZodType<{ id: string }>>(
  contract: Operation<I, z.ZodType<R>>,
  source: Table<R & RowBase> | View<R>,
  name: string,
): UseCase<Base> {
  return ({ database }) => answer(contract, ({ id }, { tenant }) => getJson<R>(database, tenant, source, name, id));
}

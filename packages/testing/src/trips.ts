/** Counts what operations ask of the database: statements, and the trips that they take. */
import type { Operation } from '@plantops/contracts';
import { Database, Tx } from '@plantops/persistence';
import type { z } from 'zod';
import type { ServiceHarness } from './service-harness.ts';

/** Statements that are sent together make one trip. Begin goes with the first statement; commit is counted. */
export type Cost = { readonly statements: number; readonly trips: number };
type Asks = (...args: unknown[]) => unknown;

/** The statements of the transactions of tenants while the work runs, and their trips. Nothing else may run beside it. */
export async function costOf<T>(work: () => Promise<T>): Promise<Cost & { readonly result: T }> {
  let [statements, trips] = [0, 0];
  const waiting = new WeakMap<object, number>();
  const sent = (by: object, answer: unknown) => {
    if (by instanceof Tx && by.tenant === '*') return;
    statements += 1;
    // What is sent without waiting for an answer leaves with the statement that follows.
    if (!(answer instanceof Promise)) return;
    const open = by instanceof Tx ? (waiting.get(by) ?? 0) : 0;
    if (open === 0) trips += 1;
    waiting.set(by, open + 1);
    void answer.catch(() => undefined).finally(() => waiting.set(by, (waiting.get(by) ?? 1) - 1));
  };
  const originals = [
    ...watch(Tx.prototype, ['query', 'search', 'commit', 'send'], sent),
    ...watch(Database.prototype, ['readRow'], sent),
  ];
  try {
    return { result: await work(), statements, trips };
  } finally {
    for (const restore of originals) restore();
  }
}

function watch(prototype: object, names: readonly string[], sent: (by: object, answer: unknown) => void) {
  return names.map((name) => {
    const methods = prototype as Record<string, Asks>;
    const real = methods[name] as Asks;
    methods[name] = function (this: object, ...args: unknown[]) {
      const answer = real.apply(this, args);
      sent(this, answer);
      return answer;
    };
    return () => (methods[name] = real);
  });
}

/** Calls operations of a service and notes what each costs, by its name: `4 statements in 3 trips`. */
export class Costs {
  readonly of: Record<string, string> = {};
  readonly #service: ServiceHarness;

  constructor(service: ServiceHarness) {
    this.#service = service;
  }

  async call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
  ): Promise<z.infer<O>> {
    // Events of the call before are applied: they would be counted here.
    await this.#service.settled();
    const { statements, trips, result } = await costOf(() => this.#service.call(operation, input));
    this.of[operation.name] = `${statements} in ${trips}`;
    return result;
  }
}

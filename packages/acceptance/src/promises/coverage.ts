/** What the checks share: whom to ask, where to note what came of it, and every status that an endpoint has answered with. */
import { isDeepStrictEqual } from 'node:util';
import { Asker, bodyOf, type Answered, type Who } from '../asking/asker.ts';
import { requestOf, routes, titleOf, type Input, type Route } from '../asking/endpoints.ts';
import { CoverageTable, type Column } from './coverage-table.ts';
import { promises } from './applicable.ts';

export type Problem = { readonly code?: string; readonly detail?: string; readonly errors?: readonly { path: string; message: string }[] };

const leastOf = ({ operation }: Route): Who => ({ role: operation.role });

export class Coverage {
  readonly asker: Asker;
  readonly table = new CoverageTable(promises());
  /** By endpoint, what it was seen to answer with. */
  readonly statuses = new Map<string, Set<number>>(routes.map((route) => [titleOf(route), new Set()]));

  constructor(asker: Asker) {
    this.asker = asker;
  }

  /** Asks as whoever may just do so, unless it is said who asks. */
  async ask(route: Route, input: Input, who: Who = leastOf(route), headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const answered = await this.asker.ask(route, input, who, headers);
    this.statuses.get(titleOf(route))?.add(answered.status);
    return answered;
  }

  applies(route: Route, column: Column): boolean {
    return this.table.applies(titleOf(route), column);
  }

  check(route: Route, column: Column, isKept: boolean, why: () => string): void {
    this.table.check(titleOf(route), column, isKept, why);
  }

  /** Asks, and checks that it is refused with one of these codes. */
  async refused(
    route: Route,
    column: Column,
    {
      what,
      codes,
      input,
      who,
      headers,
    }: { what: string; codes: readonly string[]; input: Input; who?: Who; headers?: Record<string, string> },
  ): Promise<Problem> {
    const answered = await this.ask(route, input, who, headers);
    const problem = (bodyOf(answered) ?? {}) as Problem;
    const isProblem = answered.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    this.check(
      route,
      column,
      isProblem && codes.includes(problem.code ?? ''),
      () => `${what}: ${shown(route, input)} is answered with ${shownAnswer(answered)}, not with ${codes.join(' or ')}`,
    );
    return problem;
  }

  /** That an answer is one of the contract's: its status, its shape, and no field beyond it. */
  checkWorks(route: Route, answered: Answered, expected: number, what: string): void {
    const { status, text } = answered;
    const body = bodyOf(answered);
    const parsed = route.operation.output.safeParse(body);
    const isKept = status === expected && parsed.success && isDeepStrictEqual(parsed.data, body);
    const fault = parsed.success ? 'it has fields or forms that the contract does not name' : parsed.error.message;
    this.check(route, 'works', isKept, () => `${what}: ${status}, ${status === expected ? fault : text.slice(0, 300)}`);
  }
}

export const shown = (route: Route, input: Input): string => {
  const { method, path, body } = requestOf(route, input);
  return `${method} ${path}${body === undefined ? '' : ` ${body.slice(0, 300)}`}`;
};
export const shownAnswer = ({ status, text }: Answered): string => `${status} ${text.slice(0, 300)}`;

/** Shared by all checks: the gateway, the table of results, and the statuses that each endpoint answered. */
import { isDeepStrictEqual } from 'node:util';
import { Asker, bodyOf, type Answered, type Who } from '../asking/asker.ts';
import { requestOf, routes, titleOf, type Input, type Route } from '../asking/endpoints.ts';
import { CoverageTable, type Column } from './coverage-table.ts';
import { promises } from './applicable.ts';

export type Problem = {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: string }[];
};

const leastOf = ({ operation }: Route): Who => ({ role: operation.role });

export class Coverage {
  readonly asker: Asker;
  readonly table = new CoverageTable(promises());
  /** The statuses that were answered, by endpoint. */
  readonly statuses = new Map<string, Set<number>>(routes.map((route) => [titleOf(route), new Set()]));

  constructor(asker: Asker) {
    this.asker = asker;
  }

  /** Sends a request, with the lowest allowed role unless `who` is given. */
  async ask(
    route: Route,
    input: Input,
    who: Who = leastOf(route),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> {
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

  /** Sends a request, and checks that it is refused with one of these codes. */
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

  /** Checks that an answer matches the contract: its status, its shape, and no other fields. */
  checkWorks(route: Route, answered: Answered, expected: number, what: string): void {
    const { status, text } = answered;
    const body = bodyOf(answered);
    const parsed = route.operation.output.safeParse(body);
    const isKept = status === expected && parsed.success && isDeepStrictEqual(parsed.data, body);
    const fault = parsed.success ? 'it has fields or values that the contract does not have' : parsed.error.message;
    this.check(route, 'works', isKept, () => `${what}: ${status}, ${status === expected ? fault : text.slice(0, 300)}`);
  }
}

export function shown(route: Route, input: Input): string {
  const { method, path, body } = requestOf(route, input);
  return `${method} ${path}${body === undefined ? '' : ` ${body.slice(0, 300)}`}`;
}
export const shownAnswer = ({ status, text }: Answered): string => `${status} ${text.slice(0, 300)}`;

/** Sends the examples to a plant, and each command with all its checks the first time it comes. */
import { runExamples } from '@plantops/contracts/run-examples';
import { bodyOf } from '../asking/asker.ts';
import { isWrite, routeOf, successOf, type Input, type Route } from '../asking/endpoints.ts';
import { checkWrite } from './check-write.ts';
import type { Coverage } from './coverage.ts';
import { Versions } from '../asking/versions.ts';

export type Exchange = { readonly input: Input; readonly body: unknown };

/** A query waits for the answer of its example. After so many differences the later examples cannot be as they should. */
const MOST_ASTRAY = 5;

/** What each endpoint was asked with the plant's own ids, a command when it came first, and what it answered. */
export async function sendExamples(coverage: Coverage): Promise<Map<Route, Exchange>> {
  const exchanges = new Map<Route, Exchange>();
  const versions = new Versions();
  let now: Route | undefined;
  const results = runExamples(
    async (operation, input) => {
      const route = routeOf(operation);
      now = route;
      const isNew = isWrite(route) && !exchanges.has(route);
      const answered = isNew ? await checkWrite(coverage, versions, route, input) : await coverage.ask(route, input);
      const body = bodyOf(answered);
      versions.learn(body);
      if (isWrite(route)) coverage.checkWorks(route, answered, successOf(route), 'in the examples');
      if (isNew || !exchanges.has(route) || !isWrite(route)) exchanges.set(route, { input, body });
      return { status: answered.status, body };
    },
    (operation) => successOf(routeOf(operation)),
  );
  let astray = 0;
  for await (const { title, differences } of results) {
    if (now !== undefined) coverage.check(now, 'works', differences.length === 0, () => `${title}: ${differences.join('; ')}`);
    if (differences.length > 0) astray += 1;
    if (astray > MOST_ASTRAY) throw new Error(`more than ${MOST_ASTRAY} examples differ; the last one is "${title}"`);
  }
  return exchanges;
}

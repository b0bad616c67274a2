/** Sends the examples to a plant. Each command is checked completely when it occurs for the first time. */
import { runExamples } from '@plantops/contracts/run-examples';
import { bodyOf } from '../asking/asker.ts';
import { isWrite, routeOf, successOf, type Input, type Route } from '../asking/endpoints.ts';
import { checkWrite } from './check-write.ts';
import type { Coverage } from './coverage.ts';
import { Versions } from '../asking/versions.ts';

export type Exchange = { readonly input: Input; readonly body: unknown };

/** After this many answers that differ from the examples, the later ones make no sense. */
const MOST_ASTRAY = 5;

/** Returns the input of each endpoint, with the plant's own ids, and its answer; of a command, the first ones. */
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
    if (now !== undefined)
      coverage.check(now, 'works', differences.length === 0, () => `${title}: ${differences.join('; ')}`);
    if (differences.length > 0) astray += 1;
    if (astray > MOST_ASTRAY) throw new Error(`more than ${MOST_ASTRAY} examples differ; the last one is "${title}"`);
  }
  return exchanges;
}

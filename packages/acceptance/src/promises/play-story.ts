/** Plays the story of the examples to a plant. Each command is checked completely when it occurs for the first time. */
import { tellStory } from '@plantops/contracts/tell-story';
import { bodyOf } from '../asking/asker.ts';
import { isWrite, routeOf, successOf, type Input, type Route } from '../asking/endpoints.ts';
import { checkWrite } from './check-write.ts';
import type { Coverage } from './coverage.ts';
import { Versions } from '../asking/versions.ts';

export type Exchange = { readonly input: Input; readonly body: unknown };

/** After this many answers that differ from the examples, the rest of the story makes no sense. */
const MOST_ASTRAY = 5;

/** Returns the input of each endpoint, with the plant's own ids, and its answer; of a command, the first ones. */
export async function playStory(coverage: Coverage): Promise<Map<Route, Exchange>> {
  const exchanges = new Map<Route, Exchange>();
  const versions = new Versions();
  let now: Route | undefined;
  const story = tellStory(
    async (operation, input) => {
      const route = routeOf(operation);
      now = route;
      const isNew = isWrite(route) && !exchanges.has(route);
      const answered = isNew ? await checkWrite(coverage, versions, route, input) : await coverage.ask(route, input);
      const body = bodyOf(answered);
      versions.learn(body);
      if (isWrite(route)) coverage.checkWorks(route, answered, successOf(route), 'in the story');
      if (isNew || !exchanges.has(route) || !isWrite(route)) exchanges.set(route, { input, body });
      return { status: answered.status, body };
    },
    (operation) => successOf(routeOf(operation)),
  );
  let astray = 0;
  for await (const { title, differences } of story) {
    if (now !== undefined) coverage.check(now, 'works', differences.length === 0, () => `${title}: ${differences.join('; ')}`);
    if (differences.length > 0) astray += 1;
    if (astray > MOST_ASTRAY) throw new Error(`the story went astray before "${title}"`);
  }
  return exchanges;
}

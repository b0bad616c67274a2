/** The story of the examples, told to a plant with every command under all its checks the first time it comes. */
import { tellStory } from '@plantops/contracts/tell-story';
import { bodyOf } from '../asking/asker.ts';
import { isWrite, routeOf, successOf, type Input, type Route } from '../asking/endpoints.ts';
import { checkWrite } from './check-write.ts';
import type { Coverage } from './coverage.ts';
import { Versions } from '../asking/versions.ts';

export type Told = { readonly input: Input; readonly body: unknown };

/** What was read anew waits for an answer like the example's; after so many that did not come there is no story left to tell. */
const MOST_ASTRAY = 5;

/** What each endpoint was asked with the plant's own ids, a command when it came first, and what it answered. */
export const tellEverything = async (coverage: Coverage): Promise<Map<Route, Told>> => {
  const told = new Map<Route, Told>();
  const versions = new Versions();
  let now: Route | undefined;
  const story = tellStory(
    async (operation, input) => {
      const route = routeOf(operation);
      now = route;
      const isNew = isWrite(route) && !told.has(route);
      const answered = isNew ? await checkWrite(coverage, versions, route, input) : await coverage.ask(route, input);
      const body = bodyOf(answered);
      versions.learn(body);
      if (isWrite(route)) coverage.checkWorks(route, answered, successOf(route), 'in the story');
      if (isNew || !told.has(route) || !isWrite(route)) told.set(route, { input, body });
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
  return told;
};

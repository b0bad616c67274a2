/** Checks dead letters and what waits, which the examples of a healthy plant do not have, and the history of every kind of row. */
import { historyOwners } from '@plantops/contracts';
import { bodyOf } from '../asking/asker.ts';
import { routes, successOf, type Route } from '../asking/endpoints.ts';
import { checkWrite } from './check-write.ts';
import type { Coverage } from './coverage.ts';
import { HOPELESS } from './more-rows.ts';
import type { Exchange } from './send-examples.ts';
import { Versions } from '../asking/versions.ts';

function routeTo(method: string, path: string): Route {
  const route = routes.find((one) => one.method === method && one.path === path);
  if (route === undefined) throw new Error(`there is no ${method} ${path}`);
  return route;
}

/** Replays one dead letter of each service. */
export async function checkDeadLetters(coverage: Coverage, exchanges: Map<Route, Exchange>): Promise<void> {
  const [list, replay] = [routeTo('get', '/dead-letters'), routeTo('post', '/dead-letters/{id}/replay')];
  const { items } = bodyOf(await coverage.ask(list, {})) as {
    items: { id: string; service: string; reason: string }[];
  };
  const [hopeless, ...more] = items.filter(({ reason }) => reason === HOPELESS).map(({ id }) => ({ id }));
  const kept = new Map(items.filter(({ reason }) => reason !== HOPELESS).map(({ service, id }) => [service, { id }]));
  const [first, ...others] = kept.values();
  if (first === undefined || hopeless === undefined) throw new Error('there are no dead letters');
  // With a key that was used before, another dead letter is not replayed: the hopeless one would fail otherwise.
  const answered = await checkWrite(coverage, new Versions(), replay, first, hopeless);
  for (const input of [hopeless, ...more])
    await coverage.refused(replay, 'works', {
      what: 'a dead letter that fails again',
      codes: ['illegal_transition'],
      input,
    });
  coverage.checkWorks(replay, answered, successOf(replay), 'a dead letter of one service');
  for (const input of others)
    coverage.checkWorks(
      replay,
      await coverage.ask(replay, input),
      successOf(replay),
      'a dead letter of another service',
    );
  await coverage.refused(replay, 'works', { what: 'once more', codes: ['illegal_transition'], input: first });
  exchanges.set(replay, { input: first, body: bodyOf(answered) });
}

/** Releases and discards a line event that waits; one whose line is not known cannot be released. */
export async function checkWaiting(coverage: Coverage, exchanges: Map<Route, Exchange>): Promise<void> {
  const list = routeTo('get', '/ingest/waiting');
  const { items } = bodyOf(await coverage.ask(list, {})) as { items: { id: string; reason: string }[] };
  const [first, second, third] = items.filter(({ reason }) => reason === 'too_old').map(({ id }) => ({ id }));
  if (first === undefined || second === undefined || third === undefined) throw new Error('no events are too old');
  const release = routeTo('post', '/ingest/waiting/{id}/release');
  const discard = routeTo('delete', '/ingest/waiting/{id}');
  for (const [route, input] of [
    [release, first],
    [discard, second],
  ] as const) {
    const answered = await checkWrite(coverage, new Versions(), route, input, third);
    coverage.checkWorks(route, answered, successOf(route), 'an event that is too old');
    await coverage.refused(route, 'works', { what: 'once more', codes: ['not_found'], input });
    exchanges.set(route, { input, body: bodyOf(answered) });
  }
  for (const { id } of items.filter(({ reason }) => reason.startsWith('unknown_')))
    await coverage.refused(release, 'works', {
      what: 'an event whose line or sensor is not known',
      codes: ['illegal_transition'],
      input: { id },
    });
}

/** Checks the history of each kind of row. */
export async function checkHistories(coverage: Coverage, exchanges: ReadonlyMap<Route, Exchange>): Promise<void> {
  const history = routeTo('get', '/history/{resource}/{id}');
  for (const resource of Object.keys(historyOwners)) {
    const written = [...exchanges].find(([{ method, path }]) => method !== 'get' && isOf(path, resource))?.[1].body;
    const { id } = (written as { items?: { id: string }[] }).items?.[0] ?? (written as { id: string });
    const answered = await coverage.ask(history, { resource, id });
    coverage.checkWorks(history, answered, successOf(history), resource);
    const { total } = bodyOf(answered) as { total?: number };
    coverage.check(history, 'works', (total ?? 0) > 0, () => `${resource}: the history of a created row is empty`);
  }
}

const isOf = (path: string, resource: string): boolean =>
  path.endsWith(`/${resource}`) || path.endsWith(`/${resource}/{id}`);

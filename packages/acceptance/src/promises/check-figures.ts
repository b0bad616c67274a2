/** Checks queries that answer figures: they follow the filters, and have no figures for what does not exist. */
import { randomUUID } from 'node:crypto';
import { bodyOf } from '../asking/asker.ts';
import { type Input, type Route } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { shown, shownAnswer } from './coverage.ts';
import { filtersOf } from './applicable.ts';
import { schemasOf } from '../asking/schemas.ts';

/** Fields that do not depend on the window: figures of now, and the grain of a chart. */
const OF_NO_WINDOW = ['kpis', 'alerts', 'waiting', 'bucket_seconds'];
const NOTHING_YET = { from: '2090-01-01T00:00:00Z', to: '2090-01-02T00:00:00Z' };
const OF_THE_STORY = { from: '2026-03-02T11:00:00Z', to: '2026-03-02T19:00:00Z' };
const BEFORE_ALL = '2000-01-02T00:00:00Z';

const hasFigures = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && Object.values(value).some(hasFigures));
/** Whether an answer has no figure other than 0, and no list items with figures. */
export function isSilent(value: unknown, but: readonly string[] = []): boolean {
  if (typeof value === 'number') return value === 0;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((one) => hasFigures(one) && isSilent(one, but));
  return Object.entries(value).every(([name, inner]) => but.includes(name) || isSilent(inner, but));
}

/** `known`: ids of a plant, a line and a product of the story. */
export async function checkFigures(coverage: Coverage, route: Route, asked: Input, known: Input): Promise<void> {
  const expect = async (input: Input, holds: (body: unknown) => boolean, what: string) => {
    const answered = await coverage.ask(route, input);
    const body = bodyOf(answered);
    const isKept = answered.status === 200 && route.operation.output.safeParse(body).success && holds(body);
    coverage.check(
      route,
      'filters',
      isKept,
      () => `${what}: ${shown(route, input)} is answered with ${shownAnswer(answered)}`,
    );
  };
  const speaks = (body: unknown) => !isSilent(body, ['bucket_seconds']);
  const schemas = schemasOf(route);
  for (const filter of filtersOf(route)) {
    const words = schemas[filter]?.['enum'];
    if (schemas[filter]?.['format'] === 'uuid') {
      await expect({ ...asked, [filter]: known[filter] }, speaks, `${filter} of the story`);
      await expect({ ...asked, [filter]: randomUUID() }, isSilent, `${filter} of nothing`);
    } else if (filter === 'from') {
      // A window is given by its name or by its ends, not by both.
      const { period: _named, ...rest } = asked;
      await expect({ ...rest, ...NOTHING_YET }, (body) => isSilent(body, OF_NO_WINDOW), 'a window without facts');
      await expect({ ...asked, period: undefined, ...OF_THE_STORY }, speaks, 'the window of the story');
    } else if (filter === 'as_of') {
      await expect({ ...asked, as_of: BEFORE_ALL }, isSilent, 'as of a time before all facts');
      await expect({ ...asked, as_of: new Date().toISOString() }, speaks, 'as of now');
    } else if (filter === 'points')
      await expect({ ...asked, points: 1 }, (body) => (body as { items: unknown[] }).items.length === 1, 'one point');
    else if (Array.isArray(words))
      for (const word of words) await expect({ ...asked, [filter]: word }, speaks, `${filter}=${String(word)}`);
  }
}

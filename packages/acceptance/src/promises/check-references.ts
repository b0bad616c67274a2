/** Checks for each field with an id that a command with the id of no row is refused. */
import { randomUUID } from 'node:crypto';
import { paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import { schemasOf } from '../asking/schemas.ts';
import type { Coverage } from './coverage.ts';
import { another } from './more-rows.ts';

const REFUSALS = ['not_found', 'invalid', 'illegal_transition'];
/** Before all facts of the story, so that nothing else can be refused. */
const DAYS_BEFORE = -3;
const LATER_MS = 600_000;

/** A stop that has ended does not block other stops. */
const ended = ({ start_time, ...input }: Input): Input =>
  typeof start_time === 'string'
    ? { ...input, start_time, end_time: new Date(Date.parse(start_time) + LATER_MS).toISOString() }
    : input;

export async function checkReferences(coverage: Coverage, route: Route, story: Input): Promise<void> {
  const params = paramsOf(route);
  const input = params.length === 0 ? ended(another(story, DAYS_BEFORE)) : story;
  for (const [field, { format }] of Object.entries(schemasOf(route)))
    if (format === 'uuid' && !params.includes(field))
      await coverage.refused(route, 'other tenant 404', {
        what: `${field} of no row`,
        codes: REFUSALS,
        input: { ...input, [field]: randomUUID() },
      });
}

/** A command that names a row which this tenant does not have is refused, whichever of its fields names it. */
import { randomUUID } from 'node:crypto';
import { paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import { schemasOf } from '../asking/schemas.ts';
import type { Coverage } from './coverage.ts';
import { another } from './more-rows.ts';

const REFUSALS = ['not_found', 'invalid', 'illegal_transition'];
/** Before all that the story tells of, so that nothing else speaks against it. */
const DAYS_BEFORE = -3;
const LATER_MS = 600_000;

/** A stop that has ended stands in nobody's way. */
const ended = ({ start_time, ...input }: Input): Input =>
  typeof start_time === 'string' ? { ...input, start_time, end_time: new Date(Date.parse(start_time) + LATER_MS).toISOString() } : input;

export const checkReferences = async (coverage: Coverage, route: Route, told: Input): Promise<void> => {
  const params = paramsOf(route);
  const input = params.length === 0 ? ended(another(told, DAYS_BEFORE)) : told;
  for (const [field, { format }] of Object.entries(schemasOf(route)))
    if (format === 'uuid' && !params.includes(field))
      await coverage.refused(route, 'other tenant 404', {
        what: `${field} of nobody`,
        codes: REFUSALS,
        input: { ...input, [field]: randomUUID() },
      });
};

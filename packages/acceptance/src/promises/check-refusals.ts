/** Checks that requests without permission and invalid requests are refused with the right problem. */
import { isWrite, paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import { badInputs } from './bad-inputs.ts';
import type { Coverage } from './coverage.ts';
import { rolesBelow, rowFieldsOf } from './applicable.ts';
import { rowsNamed } from '../asking/schemas.ts';

const STRANGERS = [
  ['without a token', undefined],
  ['with an invalid token', 'garbage'],
  [
    'with a token of an unknown key',
    'eyJhbGciOiJub25lIn0.eyJ0ZW5hbnRfaWQiOiJha3JvbiIsInJvbGVzIjpbImFkbWluIl0sInN1YiI6IngiLCJleHAiOjk5OTk5OTk5OTl9.x',
  ],
] as const;

export async function checkRoles(coverage: Coverage, route: Route, input: Input): Promise<void> {
  for (const [what, token] of STRANGERS)
    await coverage.refused(route, 'refused roles', { what, codes: ['unauthenticated'], input, who: { token } });
  for (const role of rolesBelow(route))
    await coverage.refused(route, 'refused roles', { what: `as ${role}`, codes: ['forbidden'], input, who: { role } });
}

export async function checkBadInputs(coverage: Coverage, route: Route, good: Input): Promise<void> {
  for (const { what, path, input } of badInputs(route, good)) {
    const { errors = [] } = await coverage.refused(route, 'bad body 422', { what, codes: ['invalid'], input });
    const isNamed = errors.some((error) => error.path === path || error.path.startsWith(`${path}.`));
    coverage.check(
      route,
      'bad body 422',
      isNamed,
      () => `${what}: the errors name ${errors.map((error) => error.path).join(', ') || 'nothing'}`,
    );
  }
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Sends requests as globex: rows of akron do not exist for it, and answers without a named row show no row of akron.
 */
export async function checkOtherTenant(coverage: Coverage, route: Route, input: Input): Promise<void> {
  const who = { tenant: 'globex', role: 'admin' } as const;
  const named = rowsNamed(route, input);
  if (named.some((name) => paramsOf(route).includes(name)))
    await coverage.refused(route, 'other tenant 404', { what: 'as globex', codes: ['not_found'], input, who });
  else if (isWrite(route)) {
    if (named.length > 0)
      await coverage.refused(route, 'other tenant 404', {
        what: 'as globex',
        codes: ['not_found', 'invalid'],
        input,
        who,
      });
  } else {
    const { status, text } = await coverage.ask(route, input, who);
    const asked = new Set(JSON.stringify(input).match(UUID));
    const shown = (text.match(UUID) ?? []).filter((id) => !asked.has(id));
    const isEmpty = rowFieldsOf(route) === undefined || text.includes('"items":[],');
    coverage.check(
      route,
      'other tenant 404',
      status === 200 && isEmpty && shown.length === 0,
      () => `as globex: ${status} ${text.slice(0, 300)}`,
    );
  }
}

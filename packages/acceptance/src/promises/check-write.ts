/** Checks a command of the story: who may not send it, which inputs are refused, and how often it takes effect. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Answered } from '../asking/asker.ts';
import { fieldsOf, paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { shownAnswer } from './coverage.ts';
import { checkBadInputs, checkOtherTenant, checkRoles } from './check-refusals.ts';
import type { Versions } from '../asking/versions.ts';

const LONG_AGO = '"999999"';

/**
 * Sends a command twice with one key, and once more with a changed input, or with `other`. Requests that must be
 * refused are sent before, so that any effect of them shows in the story.
 */
export async function checkWrite(
  coverage: Coverage,
  versions: Versions,
  route: Route,
  input: Input,
  other?: Input,
): Promise<Answered> {
  await checkRoles(coverage, route, input);
  await checkBadInputs(coverage, route, input);
  if (coverage.applies(route, 'other tenant 404')) await checkOtherTenant(coverage, route, input);
  const ifMatch = await checkIfMatch(coverage, versions, route, input);

  const headers = { 'idempotency-key': randomUUID(), ...ifMatch };
  const first = await coverage.ask(route, input, undefined, headers);
  if (ifMatch !== undefined)
    coverage.check(
      route,
      'If-Match',
      first.status !== 412,
      () => `with the present version, ${ifMatch['if-match']}: ${shownAnswer(first)}`,
    );
  const again = await coverage.ask(route, input, undefined, headers);
  const isSame = again.status === first.status && again.text === answeredAgain(route, first.text);
  coverage.check(
    route,
    'idempotent',
    isSame,
    () => `the second answer is ${shownAnswer(again)}, the first was ${shownAnswer(first)}`,
  );
  await coverage.refused(route, 'idempotent', {
    what: 'another request with the key',
    codes: ['key_reused'],
    input: other ?? changedInput(route, input),
    headers: { 'idempotency-key': headers['idempotency-key'] },
  });
  return first;
}

/** Checks that wrong versions are refused. Returns the header with the right one. */
async function checkIfMatch(
  coverage: Coverage,
  versions: Versions,
  route: Route,
  input: Input,
): Promise<{ 'if-match': string } | undefined> {
  if (!route.operation.problems.includes('stale_version')) return undefined;
  const version = versions.of(route, input);
  coverage.check(route, 'If-Match', version !== undefined, () => 'no answer of the story had the version of the row');
  for (const stale of [LONG_AGO, ...(version !== undefined && version > 1 ? [`"${version - 1}"`] : [])])
    await coverage.refused(route, 'If-Match', {
      what: `If-Match: ${stale}`,
      codes: ['stale_version'],
      input,
      headers: { 'if-match': stale },
    });
  return version === undefined ? undefined : { 'if-match': `"${version}"` };
}

/** An API key is shown once and not stored: the repeated answer has null instead. */
function answeredAgain(route: Route, text: string): string {
  const body = JSON.parse(text) as Record<string, unknown>;
  return route.path === '/api-keys' ? JSON.stringify({ ...body, key: null }) : text;
}

/** Another input that the contract accepts: one field changed or added; if no field can change, another row. */
function changedInput(route: Route, input: Input): Input {
  const { operation } = route;
  const params = paramsOf(route);
  const meant = operation.input.parse(input);
  const candidates = Object.keys(fieldsOf(operation))
    .filter((name) => !params.includes(name))
    .flatMap((name) => OTHERS.map((other) => ({ ...input, [name]: other(input[name]) })));
  const changed = candidates.find((candidate) => {
    const { success, data } = operation.input.safeParse(candidate);
    return success && !isDeepStrictEqual(data, meant);
  });
  return changed ?? { ...input, [params.at(-1) ?? '']: randomUUID() };
}
const OTHERS: readonly ((value: unknown) => unknown)[] = [
  (value) => `${String(value)} again`,
  (value) => `${String(value)}-again`,
  (value) => (typeof value === 'number' ? value + 1 : true),
  () => '2026-03-02T12:41:00Z',
  (value) => (Array.isArray(value) ? value.slice(1) : []),
];

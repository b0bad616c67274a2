/** Creates the rows of the examples in a tenant, so that requests have rows to use. Sends only commands. */
import { exampleSteps } from '@plantops/contracts/examples';
import { bodyOf, type Asker } from '../asking/asker.ts';
import { routeOf, successOf, type Input } from '../asking/endpoints.ts';
import type { Versions } from '../asking/versions.ts';
import type { RowPool } from './row-pool.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Records the real id for each sample id of the example. */
function match(example: unknown, actual: unknown, real: Map<string, string>): void {
  if (
    typeof example === 'string' &&
    typeof actual === 'string' &&
    example.match(UUID)?.[0] === example &&
    !real.has(example)
  )
    real.set(example, actual);
  if (typeof example !== 'object' || example === null || typeof actual !== 'object' || actual === null) return;
  for (const [name, inner] of Object.entries(example)) match(inner, (actual as Record<string, unknown>)[name], real);
}

export async function makeRows(asker: Asker, tenant: string, pool: RowPool, versions: Versions): Promise<void> {
  const real = new Map<string, string>();
  for (const { operation, input, output, title, notRun } of exampleSteps) {
    if (!operation.writes || notRun !== undefined) continue;
    const route = routeOf(operation);
    const own = JSON.parse(JSON.stringify(input).replaceAll(UUID, (id) => real.get(id) ?? id)) as Input;
    const answered = await asker.ask(route, own, { tenant, role: 'admin' });
    if (answered.status !== successOf(route)) throw new Error(`${title}: ${answered.status} ${answered.text}`);
    const body = bodyOf(answered);
    match(output, body, real);
    pool.learn(route, body);
    versions.learn(body);
  }
}

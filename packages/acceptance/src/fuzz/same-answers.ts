/** The same query to every copy must get the same bytes. */
import { exampleOf } from '@plantops/contracts/examples';
import { z } from 'zod';
import type { Asker } from '../asking/asker.ts';
import { isWrite, paramsOf, requestOf, routes, type Request, type Route } from '../asking/endpoints.ts';
import { kindNamed, type RowPool } from './row-pool.ts';

const ASKED = 6;
const ROWS_OF_A_KIND = 4;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An answer with the time of its creation differs each time. */
const isTimeless = ({ operation: { output } }: Route): boolean =>
  !(output instanceof z.ZodObject && 'generated_at' in output.shape);

/**
 * Each list, and each kind of query about some rows. Windows are those of the examples, because some default to now.
 */
const questions = (pool: RowPool): Request[] =>
  routes
    .filter((route) => !isWrite(route) && isTimeless(route))
    .flatMap((route) => {
      const example = Object.entries(exampleOf(route.operation)?.input ?? {});
      const fixed = Object.fromEntries(
        example.filter(([name, value]) => !UUID.test(String(value)) && !paramsOf(route).includes(name)),
      );
      if (paramsOf(route).includes('resource'))
        return pool.some('lines', ROWS_OF_A_KIND).map((id) => requestOf(route, { ...fixed, resource: 'lines', id }));
      const [param] = paramsOf(route);
      if (param !== undefined)
        return pool
          .some(kindNamed(route, param), ROWS_OF_A_KIND)
          .map((id) => requestOf(route, { ...fixed, [param]: id }));
      return [requestOf(route, {}), requestOf(route, fixed)].slice('from' in fixed ? 1 : 0);
    });

/** The queries that two copies, or one copy at two times, answered differently, and the number of queries. */
export async function differingAnswers(
  askers: readonly [Asker, Asker],
  pool: RowPool,
): Promise<{ asked: number; differing: string[] }> {
  const differing: string[] = [];
  const asked = questions(pool);
  for (const request of asked) {
    const answers = await Promise.all(
      Array.from({ length: ASKED }, (_, index) => (askers[index % 2] as Asker).send(request, { role: 'admin' })),
    );
    const distinct = new Set(
      answers.map(({ status, headers, text }) => `${status} ${headers.get('etag') ?? ''} ${status < 400 ? text : ''}`),
    );
    if (distinct.size > 1 || answers.some(({ status }) => status !== 200))
      differing.push(
        `${request.method} ${request.path}\n  ${[...distinct].map((one) => one.slice(0, 400)).join('\n  ')}`,
      );
  }
  return { asked: asked.length, differing };
}

/** Finds faults in the answer to any request. */
import { isDeepStrictEqual } from 'node:util';
import { problems, roleAllows, type ProblemCode } from '@plantops/contracts';
import { z } from 'zod';
import { bodyOf, type Answered } from '../asking/asker.ts';
import { isWrite, paramsOf, successOf, type Input } from '../asking/endpoints.ts';
import { rowsNamed } from '../asking/schemas.ts';
import type { Recipe } from './recipes.ts';
import type { RowPool } from './row-pool.ts';

const problemDocument = z.strictObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().min(1),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).max(20),
  trace_id: z.string().regex(/^[0-9a-f]{32}$/),
});
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function faultOfProblem(answered: Answered): string | undefined {
  const type = answered.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `a problem with content type ${type}`;
  const { data, error } = problemDocument.safeParse(bodyOf(answered));
  if (error)
    return `an invalid problem document: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`;
  const { status, title } = problems[data.code];
  if (
    data.status !== answered.status ||
    status !== answered.status ||
    data.title !== title ||
    data.type !== `urn:plantops:problem:${data.code}`
  )
    return 'a problem whose status or title does not belong to its code';
  return data.code === 'invalid' && data.errors.length === 0 ? 'invalid, but no error names a field' : undefined;
}

export type Sent = {
  readonly recipe: Recipe;
  readonly input: Input;
  /** The input as the service reads it, if known. */ readonly read: Input | undefined;
  /** Ids of the other tenant that requests have put into texts of this one. */
  readonly planted: ReadonlySet<string>;
};

/**
 * Returns the fault. `other`: rows of the other tenant, which must not be visible; `documented`: statuses of the
 * endpoint.
 */
export function faultOf(
  answered: Answered,
  { recipe, input, read, planted }: Sent,
  other: RowPool,
  documented: ReadonlySet<string>,
): string | undefined {
  const { route, role } = recipe;
  const { status, text } = answered;
  if (status >= 500) return `status ${status}`;
  if (!documented.has(String(status))) return `status ${status}, which is not documented`;
  const sent = JSON.stringify(input);
  const leaked = other.all().find((id) => text.includes(id) && !sent.includes(id) && !planted.has(id));
  if (leaked !== undefined) return `the answer shows ${leaked} of the other tenant`;
  if (status >= 400) return faultOfProblem(answered);

  if (status !== successOf(route)) return `status ${status}`;
  if (role === 'guest' || !roleAllows([role], route.operation.role)) return `accepted from ${role}`;
  if (read !== undefined && !route.operation.input.safeParse(read).success)
    return 'accepted, although the contract refuses the input';
  const named = rowsNamed(route, input).filter((name) => other.all().includes(String(input[name])));
  if (named.some((name) => isWrite(route) || paramsOf(route).includes(name)))
    return 'accepted with a row of the other tenant';
  if (answered.headers.get('content-type')?.startsWith('text/csv')) return undefined;
  const body = bodyOf(answered);
  const { data, error } = route.operation.output.safeParse(body);
  if (error)
    return `an answer that does not match its contract: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`;
  return isDeepStrictEqual(data, body)
    ? undefined
    : `an answer with fields that the contract does not have: ${(text.match(UUID) ?? []).length} ids`;
}

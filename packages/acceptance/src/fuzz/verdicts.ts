/** What is wrong with an answer, whatever was asked. */
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

const faultOfProblem = (answered: Answered): string | undefined => {
  const type = answered.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `a refusal as ${type}`;
  const { data, error } = problemDocument.safeParse(bodyOf(answered));
  if (error) return `a problem without its form: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`;
  const { status, title } = problems[data.code];
  if (
    data.status !== answered.status ||
    status !== answered.status ||
    data.title !== title ||
    data.type !== `urn:plantops:problem:${data.code}`
  )
    return 'a problem that is not the one of its code';
  return data.code === 'invalid' && data.errors.length === 0 ? 'invalid, and no error says which field' : undefined;
};

export type Sent = {
  readonly recipe: Recipe;
  readonly input: Input;
  /** As the service reads it, where that is known. */ readonly read: Input | undefined;
  /** Ids of the other tenant that requests have put into texts of this one. */
  readonly planted: ReadonlySet<string>;
};

/** `other` are the rows of the tenant that must not be seen; `documented` the statuses that the endpoint's description names. */
export const faultOf = (
  answered: Answered,
  { recipe, input, read, planted }: Sent,
  other: RowPool,
  documented: ReadonlySet<string>,
): string | undefined => {
  const { route, role } = recipe;
  const { status, text } = answered;
  if (status >= 500) return `status ${status}`;
  if (!documented.has(String(status))) return `status ${status}, which the document does not name`;
  const sent = JSON.stringify(input);
  const leaked = other.all().find((id) => text.includes(id) && !sent.includes(id) && !planted.has(id));
  if (leaked !== undefined) return `it shows ${leaked} of the other tenant`;
  if (status >= 400) return faultOfProblem(answered);

  if (status !== successOf(route)) return `status ${status}`;
  if (role === 'guest' || !roleAllows([role], route.operation.role)) return `accepted from ${role}`;
  if (read !== undefined && !route.operation.input.safeParse(read).success) return 'accepted, though the contract refuses the input';
  const named = rowsNamed(route, input).filter((name) => other.all().includes(String(input[name])));
  if (named.some((name) => isWrite(route) || paramsOf(route).includes(name))) return 'accepted with a row of the other tenant';
  if (answered.headers.get('content-type')?.startsWith('text/csv')) return undefined;
  const body = bodyOf(answered);
  const { data, error } = route.operation.output.safeParse(body);
  if (error) return `an answer without its form: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`;
  return isDeepStrictEqual(data, body) ? undefined : `an answer with more than the contract names: ${(text.match(UUID) ?? []).length} ids`;
};

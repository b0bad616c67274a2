import type { z } from 'zod';
import { Problem, type FieldError } from './problems.ts';

/** Fields that a problem names at most. */
export const MOST_FIELD_ERRORS = 20;
const MOST_DETAIL_CHARACTERS = 1_000;

/** What zod found, one entry a field, at most MOST_FIELD_ERRORS; unknown fields are named one by one. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            path: [...issue.path, key].join('.'),
            message: 'is not a field of this: leave it out',
          }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    )
    .slice(0, MOST_FIELD_ERRORS);
}

/** The input as the schema reads it. Throws `invalid`, which names each invalid field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error);
  throw new Problem(
    'invalid',
    errors
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; ')
      .slice(0, MOST_DETAIL_CHARACTERS),
    errors,
  );
}

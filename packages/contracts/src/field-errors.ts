import type { z } from 'zod';
import { Problem, type FieldError } from './problems.ts';

/** What zod found, one entry a field, at most 20; unknown fields are named one by one. */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a field of this: leave it out' }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    )
    .slice(0, 20);

/** The input as the schema reads it. Throws `invalid`, which names each invalid field. */
export const parseInput = <S extends z.ZodType>(schema: S, input: unknown): z.infer<S> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error);
  throw new Problem(
    'invalid',
    errors
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; ')
      .slice(0, 1000),
    errors,
  );
};

import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Fewer characters can be guessed, or are a slip: an empty password would let everyone in. */
const LEAST_CHARACTERS = 24;

/** A password or key of a plant. */
export const secret = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
  .min(LEAST_CHARACTERS, `must have at least ${LEAST_CHARACTERS} characters`);

/** A random secret of 32 characters that need no quotes in a URL or a shell. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

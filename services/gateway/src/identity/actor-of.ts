import { Problem } from '@plantops/contracts';

/** API keys, services and lines have names of their own. */
const RESERVED = /^(api-key|service|line)\s*:/;
/** Control and format characters, line separators: names with them look like other names. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The author that is stored on every row, from the subject of a token: a name that can be stored and shown, and that
 * cannot be taken for a reserved one. Throws `unauthenticated`.
 */
export function actorOf(subject: string | undefined): string {
  const refuse = (what: string) => new Problem('unauthenticated', `the subject (sub) of the token ${what}`);
  if (subject === undefined || subject.trim() === '' || !/^.{1,200}$/su.test(subject))
    throw refuse('must have 1 to 200 characters');
  if (INVISIBLE.test(subject) || !subject.isWellFormed()) throw refuse('must have visible characters only');
  // NFKC makes one of characters that look alike, as full-width letters.
  if (RESERVED.test(subject.normalize('NFKC').trim().toLowerCase()))
    throw refuse('must not begin with api-key:, service: or line:, which are names of PlantOps');
  return subject;
}

/** What a line of the file says is to be published. */
import { code, ingestSubject, reference } from '@plantops/contracts';
import type { LineMessage } from '../edge/deliver.ts';

/** Subjects are built from it, so it must hold nothing but tokens; whether there is such a kind, PlantOps knows. */
const KIND = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/** Reads `{line, kind, ...body}`. The body goes on as it is, whether it fits its kind or not: that is for PlantOps to judge. */
export const lineMessage = (text: string, tenant: string): LineMessage | { readonly fault: string } => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { fault: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { fault: 'is not a JSON object' };
  const { line, kind, ...body } = parsed as Record<string, unknown>;
  if (line === undefined) return { fault: 'has no "line": the code of the line it is about' };
  if (!code.safeParse(line).success) return { fault: '"line" must be 1 to 64 of A-Z, a-z, 0-9, _ and -' };
  if (kind === undefined) return { fault: 'has no "kind", such as count, scrap or state' };
  if (typeof kind !== 'string' || !KIND.test(kind)) return { fault: '"kind" must be a kind of line event, such as count, scrap or state' };
  const id = reference.safeParse(body['id']);
  // Without an id of its own an event that had to be sent twice would count twice.
  if (!id.success) return { fault: '"id" must be the event\'s own: 1 to 200 printable characters, the same whenever it is sent' };
  return { id: id.data, subject: ingestSubject(tenant, line as string, kind), payload: JSON.stringify(body) };
};

/** Turns a line of the file into a message. */
import { code, ingestSubject, reference } from '@plantops/contracts';
import type { LineMessage } from '../edge/deliver.ts';

/** The kind becomes a part of the subject, so it must consist of tokens. PlantOps checks whether the kind exists. */
const KIND = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/**
 * Reads `{line, kind, ...body}`. The body is sent unchanged: PlantOps checks it. As a backfill it says so, in the data of
 * a CloudEvent.
 */
export function lineMessage(
  text: string,
  tenant: string,
  isBackfill = false,
): LineMessage | { readonly fault: string } {
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
  if (typeof kind !== 'string' || !KIND.test(kind))
    return { fault: '"kind" must be a kind of line event, such as count, scrap or state' };
  const id = reference.safeParse(body['id']);
  // Without a unique id, an event that had to be sent twice would count twice.
  if (!id.success)
    return { fault: '"id" must be unique: 1 to 200 printable characters, the same each time the event is sent' };
  return {
    id: id.data,
    subject: ingestSubject(tenant, line as string, kind),
    payload: JSON.stringify(isBackfill ? asBackfill(body) : body),
  };
}

function asBackfill(body: Record<string, unknown>): Record<string, unknown> {
  const { specversion, data } = body;
  const isCloudEvent = specversion !== undefined && typeof data === 'object' && data !== null && !Array.isArray(data);
  return isCloudEvent ? { ...body, data: { ...data, backfill: true } } : { ...body, backfill: true };
}

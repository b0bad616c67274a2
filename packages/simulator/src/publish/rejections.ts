/** Rejections: what PlantOps answers to line events that it can never apply. */
import type { NatsConnection } from 'nats';
import { z } from 'zod';

const rejection = z.object({
  line_code: z.string(),
  kind: z.string(),
  event_id: z.string().nullable(),
  reason: z.string(),
});
export type Rejection = z.infer<typeof rejection>;

const QUIET_MS = 500;
const AT_MOST_MS = 5_000;

/**
 * Listens for rejections from now on. Calls `deaf` with the reason when that is not possible; then no rejection is ever
 * reported.
 */
export function listenForRejections(
  connection: NatsConnection,
  tenant: string,
  heard: (one: Rejection) => void,
  deaf: (reason: string) => void,
) {
  const subject = `plantops.rejected.${tenant}.>`;
  let lastAt = performance.now();
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error) {
        deaf(
          `Rejections cannot be received: this NATS user may not subscribe to ${subject}. They are listed under /api/v1/plant-ops/ingest/rejections.`,
        );
        return;
      }
      const parsed = rejection.safeParse(jsonOf(message.string()));
      if (!parsed.success) return;
      lastAt = performance.now();
      heard(parsed.data);
    },
  });
  return {
    /** Resolves when no rejection came for a while, counted from this call at the earliest. */
    untilQuiet: async (): Promise<void> => {
      const began = performance.now();
      lastAt = began;
      for (let now = began; now < lastAt + QUIET_MS && now < began + AT_MOST_MS; now = performance.now()) {
        const until = Math.min(lastAt + QUIET_MS, began + AT_MOST_MS);
        await new Promise((resolve) => setTimeout(resolve, Math.max(until - now, 1)));
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

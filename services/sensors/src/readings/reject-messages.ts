import { rejectMessages, type Tx } from '@plantops/persistence';
import { firstAhead } from './refuse-ahead.ts';
import type { ReadMessage, Usable } from './read-chunks.ts';

/** A message that cannot be stored, and why. Readings have no id, so the sender's name of the sensor stands for it. */
export const rejectAll = (
  tx: Tx,
  refused: readonly { readonly message: ReadMessage; readonly reason: string }[],
  now: string,
): Promise<void> =>
  rejectMessages(
    tx,
    refused.map(({ message: { tenant, line, sensor, subject, payload }, reason }) => ({
      tenant,
      line,
      kind: 'readings',
      id: sensor,
      reason,
      body: payload,
      subject,
    })),
    now,
  );

/** Rejects messages that cannot be parsed or have readings from the future, each as a whole. Returns the others. */
export const rejectUnusable = async (tx: Tx, messages: readonly ReadMessage[], now: string): Promise<Usable[]> => {
  const read = messages.map((message) => ({ message, reason: whyUnusable(message, now) }));
  await rejectAll(
    tx,
    read.flatMap(({ message, reason }) => (reason === undefined ? [] : [{ message, reason }])),
    now,
  );
  return read.flatMap(({ message, reason }) => (message.ok && reason === undefined ? [message] : []));
};

const whyUnusable = (message: ReadMessage, now: string): string | undefined => {
  if (!message.ok) return message.reason;
  const ahead = firstAhead(message.readings, now);
  if (ahead < 0) return undefined;
  return `${message.readings.length === 1 ? 'at' : `readings.${ahead}.at`}: must not lie in the future`;
};

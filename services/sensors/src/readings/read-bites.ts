import { setImmediate } from 'node:timers/promises';
import { readReadings, type ReadReadings } from '@plantops/contracts';

/** Readings stored in one transaction; a batch of messages may hold half a million. */
const BITE = 10_000;
/** Readings read without a pause: a few milliseconds, in which nothing else is answered. */
const READ_AT_ONCE = 1_000;

export type Message = { readonly subject: string; readonly payload: string };
export type ReadMessage = ReadReadings & Message;
export type Usable = Extract<ReadMessage, { ok: true }>;

/** Reads messages, and hands them on in bites that one transaction can take. */
export async function* readBites(messages: readonly Message[]): AsyncGenerator<ReadMessage[], undefined> {
  let bite: ReadMessage[] = [];
  let [inBite, sincePause] = [0, 0];
  for (const { subject, payload } of messages) {
    const read = { ...readReadings(subject, payload), subject, payload };
    const size = read.ok ? read.readings.length : 1;
    bite.push(read);
    [inBite, sincePause] = [inBite + size, sincePause + size];
    if (sincePause >= READ_AT_ONCE) {
      await setImmediate();
      sincePause = 0;
    }
    if (inBite >= BITE) {
      yield bite;
      [bite, inBite] = [[], 0];
    }
  }
  if (bite.length > 0) yield bite;
}

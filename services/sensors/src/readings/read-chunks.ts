import { setImmediate } from 'node:timers/promises';
import { readReadings, type ReadReadings } from '@plantops/contracts';

/** Readings stored in one transaction; a batch of messages may hold half a million. */
const MOST_READINGS = 10_000;
/** Readings parsed without a pause: a few milliseconds in which the process does nothing else. */
const READ_AT_ONCE = 1_000;

export type Message = { readonly subject: string; readonly payload: string };
export type ReadMessage = ReadReadings & Message;
export type Usable = Extract<ReadMessage, { ok: true }>;

/** Parses messages and yields them in chunks of one transaction each. */
export async function* readChunks(messages: readonly Message[]): AsyncGenerator<ReadMessage[], undefined> {
  let chunk: ReadMessage[] = [];
  let [inChunk, sincePause] = [0, 0];
  for (const { subject, payload } of messages) {
    const read = { ...readReadings(subject, payload), subject, payload };
    const size = read.ok ? read.readings.length : 1;
    chunk.push(read);
    [inChunk, sincePause] = [inChunk + size, sincePause + size];
    if (sincePause >= READ_AT_ONCE) {
      await setImmediate();
      sincePause = 0;
    }
    if (inChunk >= MOST_READINGS) {
      yield chunk;
      [chunk, inChunk] = [[], 0];
    }
  }
  if (chunk.length > 0) yield chunk;
}

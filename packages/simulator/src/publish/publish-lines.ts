/** Publishes the lines of a file: many at a time, each until it is acknowledged. Listens to rejections meanwhile. */
import { connectEdge, type Edge, type NatsAddress } from '../edge/connect-edge.ts';
import { deliver, type LineMessage } from '../edge/deliver.ts';
import { lineMessage } from './line-message.ts';
import { Patience } from './patience.ts';
import type { TextLine } from './read-lines.ts';
import { listenForRejections } from './rejections.ts';
import { SentIds } from './sent-ids.ts';
import { Slots } from './slots.ts';
import { Tally } from './tally.ts';

export type Publication = {
  readonly lines: AsyncIterable<TextLine>;
  readonly address: NatsAddress;
  readonly tenant: string;
  readonly isBackfill: boolean;
  /** Called after each line and each answer. */
  readonly onProgress: (tally: Tally, bytesRead: number) => void;
  readonly onWarning: (text: string) => void;
  /** Aborted when it gives up, so that the reader of the lines ends too. */
  readonly stop: AbortController;
  /** Gives up when nothing is acknowledged for this long. */
  readonly patienceMs?: number;
};

const MOST_IN_FLIGHT = 200;
const FIRST_CONNECTION_MS = 10_000;
const PATIENCE_MS = 60_000;

export async function publishLines(publication: Publication): Promise<Tally> {
  const { address, tenant, stop, patienceMs = PATIENCE_MS } = publication;
  const edge = await connectEdge('publish-events', address, FIRST_CONNECTION_MS, stop.signal);
  let trouble = '';
  const giveUp = () =>
    stop.abort(
      new Error(`nothing was acknowledged for ${patienceMs / 1000} s (${trouble || 'no connection to NATS'})`),
    );
  const patience = new Patience(patienceMs, giveUp);
  const tally = new Tally();
  const sent = new SentIds();
  try {
    const rejections = listenForRejections(
      edge.connection,
      tenant,
      ({ event_id, kind, line_code, reason }) =>
        event_id !== null && sent.mayHold(event_id) && tally.reject(event_id, `${kind} on ${line_code}`, reason),
      publication.onWarning,
    );
    await sendAll(publication, edge, { tally, sent, patience, onTrouble: (reason) => (trouble = reason) });
    if (stop.signal.aborted) tally.stoppedBecause = messageOf(stop.signal.reason);
    else await rejections.untilQuiet();
    return tally;
  } finally {
    patience.end();
    stop.abort();
    await edge.connection.close();
  }
}

type Sending = {
  readonly tally: Tally;
  readonly sent: SentIds;
  readonly patience: Patience;
  readonly onTrouble: (reason: string) => void;
};

async function sendAll(
  { lines, tenant, isBackfill, onProgress, stop }: Publication,
  edge: Edge,
  { tally, sent, patience, onTrouble }: Sending,
): Promise<void> {
  const slots = new Slots(MOST_IN_FLIGHT);
  const { signal } = stop;
  let bytesRead = 0;

  const send = async (number: number, message: LineMessage): Promise<void> => {
    patience.sent();
    try {
      const receipt = await deliver(edge, message, onTrouble);
      if (!receipt.stored) tally.refuse(`line ${number}, event ${message.id}:`, receipt.reason);
      else tally.acknowledged += 1;
      if (receipt.stored && receipt.duplicate) tally.duplicates += 1;
    } catch (error) {
      tally.unanswered += 1;
      stop.abort(error);
    } finally {
      patience.answered();
      slots.give();
      onProgress(tally, bytesRead);
    }
  };

  for await (const line of untilAborted(lines, signal)) {
    bytesRead = line.bytesRead;
    tally.lastLine = line.number;
    const message = 'text' in line ? lineMessage(line.text, tenant, isBackfill) : line;
    if ('fault' in message) {
      tally.refuse(`line ${line.number}`, message.fault);
      onProgress(tally, bytesRead);
      continue;
    }
    await slots.take();
    sent.add(message.id);
    void send(line.number, message);
  }
  await slots.empty();
}

/** Yields the lines. Ends without an error after an abort, whose reason is reported already. */
async function* untilAborted(lines: AsyncIterable<TextLine>, signal: AbortSignal): AsyncGenerator<TextLine> {
  try {
    for await (const line of lines) {
      if (signal.aborted) return;
      yield line;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

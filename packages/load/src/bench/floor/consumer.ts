/**
 * The floor's consumer of one stream: what has arrived goes into the table as one statement, then the messages are
 * acknowledged.
 */
import type { JsMsg } from 'nats';
import { connectNats, openDatabase, ready, variable } from './process.ts';
import { STREAMS, type StreamName } from './streams.ts';

/** Messages of one pull, and rows of one statement. The consumer's `max_ack_pending` limits how many wait here. */
const MOST_PULLED = 1_000;
const MOST_ROWS = 500;

const name = variable('FLOOR_STREAM') as StreamName;
const run = openDatabase();
const connection = await connectNats();
const consumer = await connection.jetstream().consumers.get(name, name);
const waiting: JsMsg[] = [];
let isStoring = false;

async function storeAll(): Promise<void> {
  if (isStoring) return;
  isStoring = true;
  for (;;) {
    const chunk = waiting.splice(0, MOST_ROWS);
    if (chunk.length === 0) break;
    const rows = chunk.map((message) => `{"subject":${JSON.stringify(message.subject)},"body":${message.string()}}`);
    await run('store', STREAMS[name].store, [`[${rows.join(',')}]`]);
    for (const message of chunk) message.ack();
  }
  isStoring = false;
}

const messages = await consumer.consume({ max_messages: MOST_PULLED });
ready();
for await (const message of messages) {
  waiting.push(message);
  void storeAll();
}

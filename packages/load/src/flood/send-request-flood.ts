/**
 * A tenant that sends as many requests as it can, in its own thread, so that its own work does not delay the other
 * tenant.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asker, type Answered, type Client } from './requests-of-tenant.ts';

/** `from`: the number of the first request; `ms`: how long to send. */
export type RequestFlood = Client & { readonly from: number; readonly ms: number };

const { from, ms, ...client } = workerData as RequestFlood;
const ask = asker(client);
const until = performance.now() + ms;
const answers: Answered[] = [];
let n = from;
async function one() {
  while (performance.now() < until) answers.push(await ask((n += 1)));
}
await Promise.all(Array.from({ length: client.connections }, one));
parentPort?.postMessage(answers, []);

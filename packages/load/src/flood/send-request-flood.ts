/** A tenant that asks as often as it can, on a thread of its own: what it has to do does not show in how long others wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { asker, type Answered, type Client } from './asking.ts';

/** The first number to ask with, and for how long. */
export type Loudly = Client & { readonly from: number; readonly ms: number };

const { from, ms, ...client } = workerData as Loudly;
const ask = asker(client);
const until = performance.now() + ms;
const answers: Answered[] = [];
let n = from;
const one = async () => {
  while (performance.now() < until) answers.push(await ask((n += 1)));
};
await Promise.all(Array.from({ length: client.connections }, one));
parentPort?.postMessage(answers, []);

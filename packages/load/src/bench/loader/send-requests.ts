/** Sends HTTP requests over a bounded number of kept connections. */
import { Agent, request } from 'node:http';
import type { Done, HttpRequest, RequestsJob } from './jobs.ts';

const ANSWER_WITHIN_MS = 20_000;

type Answered = { readonly isOk: boolean; readonly text: string };

function send(agent: Agent, job: RequestsJob, { method, path, body }: HttpRequest): Promise<Answered> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${job.token}`,
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve) => {
    const sent = request(`${job.url}${path}`, { method, agent, headers, timeout: ANSWER_WITHIN_MS }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      // An answer that is cut off has no end.
      response.once('close', () =>
        resolve({
          isOk: response.complete && (response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 300,
          text: method === 'POST' ? Buffer.concat(parts).toString() : '',
        }),
      );
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', () => resolve({ isOk: false, text: '' })).end(text);
  });
}

export async function sendRequests(job: RequestsJob): Promise<Done> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections });
  const ids: string[] = [];
  let [next, sent, failed] = [0, 0, 0];
  const began = performance.now();
  const until = began + job.seconds * 1_000;
  const work = async () => {
    for (;;) {
      const index = next;
      const one = job.requests[index];
      if (one === undefined || performance.now() >= until) return;
      next += 1;
      const { isOk, text } = await send(agent, job, one);
      sent += 1;
      if (!isOk) failed += 1;
      else if (text !== '') ids[index] = (JSON.parse(text) as { id: string }).id;
    }
  };
  await Promise.all(Array.from({ length: job.connections }, work));
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return { sent, failed, seconds, ids: ids.filter((id) => id !== undefined) };
}

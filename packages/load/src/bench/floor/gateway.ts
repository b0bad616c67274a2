/** The floor's gateway: an HTTP request becomes a request over NATS. The first three bytes of its answer are the status. */
import { createServer, type IncomingMessage } from 'node:http';
import { connectNats, ready, variable } from './process.ts';

const PATH = '/api/v1/plant-ops/downtimes';
const TIMEOUT_MS = 5_000;
const connection = await connectNats();

/** The operation and its argument: the id of a stop, or the line of a list. */
function operationOf({ method, url = '' }: IncomingMessage): readonly [string, string] {
  const rest = url.slice(PATH.length + 1);
  if (method === 'POST') return ['start', ''];
  if (method === 'PUT') return ['end', rest.slice(0, rest.indexOf('/'))];
  return url[PATH.length] === '/' ? ['get', rest] : ['list', new URLSearchParams(rest).get('line_id') ?? ''];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function ask(request: IncomingMessage): Promise<Buffer> {
  const [operation, argument] = operationOf(request);
  const body = request.method === 'GET' ? '' : await bodyOf(request);
  const { data } = await connection.request(
    `floor.request.${operation}`,
    Buffer.concat([Buffer.from(`${argument}\n`), Buffer.from(body)]),
    { timeout: TIMEOUT_MS },
  );
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

createServer((request, response) => {
  const answer = (status: number, body: Buffer) =>
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(body.length) }).end(body);
  ask(request).then(
    (bytes) => answer(Number(bytes.toString('latin1', 0, 3)), bytes.subarray(3)),
    (error: unknown) => answer(500, Buffer.from(JSON.stringify({ error: String(error) }))),
  );
}).listen(Number(variable('FLOOR_PORT')), '127.0.0.1', ready);

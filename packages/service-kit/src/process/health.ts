import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

type Address = { readonly host: string; readonly port: number };
type Scrape = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers the platform's probes: /healthz while the process lives, /readyz while it can do its work, and /metrics when
 * metrics are on. Returns a function that closes the server.
 */
export async function serveHealth(
  { host, port }: Address,
  ready: () => boolean,
  scrape?: Scrape,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    if (scrape && request.url === '/metrics') return scrape(request, response);
    const known = request.url === '/healthz' || request.url === '/readyz';
    const well = request.url === '/healthz' || ready();
    response
      .writeHead(!known ? 404 : well ? 200 : 503, { 'content-type': 'text/plain' })
      .end(!known ? 'not found' : well ? 'ok' : 'not ready');
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

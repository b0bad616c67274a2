import { createServer } from 'node:http';

/** Answers the platform's probes: /healthz while the process lives, /readyz while it can do its work. Returns how to close it. */
export const serveHealth = async (port: number, ready: () => boolean): Promise<() => Promise<void>> => {
  const server = createServer((request, response) => {
    const known = request.url === '/healthz' || request.url === '/readyz';
    const well = request.url === '/healthz' || ready();
    response
      .writeHead(!known ? 404 : well ? 200 : 503, { 'content-type': 'text/plain' })
      .end(!known ? 'not found' : well ? 'ok' : 'not ready');
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
};

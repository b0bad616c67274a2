/** Picks a TCP port on the loopback interface. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
const MAX_ATTEMPTS = 200;
/**
 * Below the ports that systems give to outgoing connections (Linux: from 32,768; macOS and Windows: from 49,152): a
 * server binds its port seconds after it was picked, and a connection would take it meanwhile.
 */
const LOWEST = 10_000;
const HIGHEST = 32_767;

/**
 * The next port to try. A plant asks for several before its first server listens, and must not get one twice; two
 * processes that pick at the same time begin at different ports.
 */
let next = randomInt(LOWEST, HIGHEST + 1);

/** Returns `preferred` when nothing listens on it, else any free port. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && preferred > 0 && (await isBindable(preferred))) return preferred;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const port = next;
    next = port === HIGHEST ? LOWEST : port + 1;
    if (await isBindable(port)) return port;
  }
  throw new Error(`No free TCP port found on ${LOOPBACK} in ${MAX_ATTEMPTS} attempts.`);
}

/** False when the port is in use or not allowed. */
function isBindable(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

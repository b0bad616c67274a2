/** Picks a TCP port on the loopback interface. */
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
const MAX_ATTEMPTS = 50;

/**
 * Ports that were returned already and may not be bound yet: a plant asks for several before its first server listens,
 * and must not get one twice.
 */
const handedOut = new Set<number>();

/** Returns `preferred` when nothing listens on it, else any free port. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && preferred > 0 && (await bindable(preferred)) !== undefined) return preferred;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const port = await bindable(0);
    if (port === undefined || handedOut.has(port)) continue;
    handedOut.add(port);
    return port;
  }
  throw new Error(`No free TCP port found on ${LOOPBACK} in ${MAX_ATTEMPTS} attempts.`);
}

/** The port that could be bound (for 0 the kernel chooses), or undefined when it is in use or not allowed. */
function bindable(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

import type { ServiceName } from '@plantops/contracts';
import pg from 'pg';
import { databaseOf } from '@plantops/testing/plant';

/**
 * Repeats work in a service's database until stopped, also after the database was lost. Returns a function that stops
 * it.
 */
export function repeatIn(
  databaseUrl: string,
  service: ServiceName,
  everyMs: number,
  work: (client: pg.Client) => Promise<void>,
): () => Promise<void> {
  let isOver = false;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const repeat = async () => {
    while (!isOver) {
      const client = new pg.Client({
        connectionString: databaseOf(databaseUrl, service),
        connectionTimeoutMillis: 2_000,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        while (!isOver) {
          await work(client);
          await pause(everyMs);
        }
      } catch {
        await pause(everyMs);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };
  const repeating = repeat();
  return async () => {
    isOver = true;
    await repeating;
  };
}

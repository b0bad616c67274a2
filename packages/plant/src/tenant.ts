/**
 * `pnpm run tenant add T`: adds a tenant with its NATS account, streams, edge user and tokens, also while the plant
 * runs.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { addTenant } from '@plantops/operations';
import { readReadyFile } from './ready-file.ts';
import { readSettings } from './settings.ts';

const ADDED_WITHIN_MS = 15_000;
const [verb, tenant, ...more] = process.argv.slice(2);
const USAGE = 'usage: pnpm run tenant add <tenant>   (a to z, 0 to 9 and -, at most 32)';

try {
  if (verb !== 'add' || tenant === undefined || tenant.startsWith('-') || more.length > 0) throw new Error(USAGE);
  const { PLANTOPS_DATA_DIR: dataDir } = readSettings(process.env);
  const running = (await readReadyFile(dataDir)) !== undefined;
  await addTenant(dataDir, tenant);
  if (running) await untilAdded(dataDir, tenant);
  process.stdout.write(
    running
      ? `added ${tenant}: its tokens and edge user are in ${dataDir}/ready.json\n`
      : `the next start adds ${tenant}\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function untilAdded(dataDir: string, name: string): Promise<void> {
  const deadline = Date.now() + ADDED_WITHIN_MS;
  while (!Object.hasOwn((await readReadyFile(dataDir))?.tenants ?? {}, name)) {
    if (Date.now() > deadline)
      throw new Error(`the plant did not add ${name} within ${ADDED_WITHIN_MS / 1000} s: look at its output`);
    await delay(100);
  }
}

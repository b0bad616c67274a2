/**
 * Measures times that must not grow with history, on its own servers: `pnpm bench lists`, `pnpm bench overview`, `pnpm
 * bench ledger`.
 */
import { join } from 'node:path';
import { createTemplates, ServiceHarness, startServers } from '@plantops/testing';
import { benchLedger } from './ledger.ts';
import { benchLists } from './lists.ts';
import { benchOverview } from './overview.ts';

const services = join(import.meta.dirname, '../../../../services');
async function startService(name: 'downtimes' | 'money-leaks'): Promise<ServiceHarness> {
  const { start } = (await import(join(services, name, 'src/service.ts'))) as {
    start: Parameters<typeof ServiceHarness.start>[1];
  };
  const { readConfig } = (await import(join(services, name, 'src/config.ts'))) as {
    readConfig: Parameters<typeof ServiceHarness.start>[2];
  };
  return ServiceHarness.start(name, start, readConfig);
}

const benches = { ledger: benchLedger, lists: benchLists, overview: benchOverview };
const servers = await startServers();
process.env['PLANTOPS_TEST_SERVERS'] = JSON.stringify({ databaseUrl: servers.databaseUrl, natsUrls: servers.natsUrls });
try {
  await createTemplates(servers.databaseUrl);
  for (const [name, bench] of Object.entries(benches))
    if (process.argv.length < 3 || process.argv.includes(name)) await bench(startService);
} finally {
  await servers.stop();
}

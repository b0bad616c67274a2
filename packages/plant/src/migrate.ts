/** `pnpm migrate`: brings every service's database to its present tables and checks nothing else; services may run meanwhile. */
import { serviceNames, topology } from '@plantops/contracts';
import { migrate, type Tables } from '@plantops/persistence';
import { join } from 'node:path';
import { ROOT } from './service-processes.ts';

const variable = (service: string) => `PLANTOPS_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_OWNER_URL`;

try {
  const owned = serviceNames.filter((service) => topology[service].database);
  const named = owned.filter((service) => process.env[variable(service)] !== undefined);
  if (named.length === 0)
    throw new Error(`nothing to migrate: set the owner's URL of at least one service, as ${owned.map(variable).join(', ')}`);
  for (const service of named) {
    const { tables } = (await import(join(ROOT, 'services', service, 'src/database.ts'))) as { tables: Tables };
    const applied = await migrate({ url: process.env[variable(service)] as string, ...tables });
    process.stdout.write(`${service}: ${applied.length === 0 ? 'up to date' : applied.join(', ')}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

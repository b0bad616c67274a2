/** `pnpm migrate`: migrates the database of every service whose owner's URL is set. Services may run meanwhile. */
import { join } from 'node:path';
import { serviceNames, topology } from '@plantops/contracts';
import { runCommand } from '@plantops/servers';
import { ROOT } from './all-services.ts';

/** A migration of much data takes long. */
const TIMEOUT_MS = 3_600_000;
const variable = (service: string) => `PLANTOPS_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_OWNER_URL`;

try {
  const owned = serviceNames.filter((service) => topology[service].database);
  const named = owned.filter((service) => process.env[variable(service)] !== undefined);
  if (named.length === 0)
    throw new Error(
      `nothing to migrate: set the owner's URL of at least one service, as ${owned.map(variable).join(', ')}`,
    );
  for (const service of named) {
    const command = [
      '--conditions=@plantops/source',
      '--no-warnings',
      join(ROOT, 'services', service, 'src/migrate.ts'),
    ];
    const env = { ...process.env, PLANTOPS_DATABASE_OWNER_URL: process.env[variable(service)] };
    process.stdout.write(
      `${service}: ${await runCommand(process.execPath, command, { env, timeoutMs: TIMEOUT_MS })}\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

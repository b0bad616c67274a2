/** The databases of a plant, made and migrated before its services start. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceName } from '@plantops/contracts';
import { DATABASES_TO_MIGRATE, provisionDatabases, type Remark, type Secrets } from '@plantops/operations';
import { runCommand } from '@plantops/servers';
import { COMPILED, ROOT } from './all-services.ts';

/** A migration of much data takes long. */
const MIGRATED_WITHIN_MS = 3_600_000;

/** The names of a service's migrations: those of their files. */
async function migrationsOf(service: ServiceName): Promise<string[]> {
  const files = await readdir(join(ROOT, 'services', service, 'src/migrations'));
  return files.filter((file) => file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''));
}

/**
 * Creates the database of every service that owns one, and migrates those that lack a migration. The services get a role
 * that owns nothing. `remark` takes a line about what an administrator must do.
 */
export async function prepareDatabases(databaseUrl: string, secrets: Secrets, remark: Remark): Promise<void> {
  const behind: Partial<Record<ServiceName, string>> = {};
  for (const [service, { applied, ownerUrl }] of await provisionDatabases(databaseUrl, secrets, remark)) {
    if ((await migrationsOf(service)).some((name) => !applied.includes(name))) behind[service] = ownerUrl;
  }
  if (Object.keys(behind).length > 0) await migrateAll(behind);
}

/** One process migrates all of them, so that what migrates is loaded once. */
async function migrateAll(databases: Partial<Record<ServiceName, string>>): Promise<void> {
  const command = [
    '--conditions=@plantops/source',
    '--no-warnings',
    join(ROOT, 'packages/operations/src/migrate-databases.ts'),
  ];
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: COMPILED,
    [DATABASES_TO_MIGRATE]: JSON.stringify(databases),
  };
  try {
    await runCommand(process.execPath, command, { env, timeoutMs: MIGRATED_WITHIN_MS });
  } catch (error) {
    throw new Error(
      `the tables of ${Object.keys(databases).join(', ')} could not be made or migrated. Repair this and start again, it goes on from there: ${String(error)}`,
      { cause: error },
    );
  }
}

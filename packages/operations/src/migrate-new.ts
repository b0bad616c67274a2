/**
 * Makes the tables of new databases, all at once, before the services start. A service can do this itself, but then it
 * holds what migrates in its memory until its next start: 40 MB in each of them.
 */
import { join } from 'node:path';
import { migrate, type Tables } from '@plantops/persistence';
import { NEW_DATABASES } from './service-databases.ts';

const SERVICES = join(import.meta.dirname, '../../../services');

async function migrateOne([service, url]: readonly [string, string]): Promise<void> {
  const { tables } = (await import(join(SERVICES, service, 'src/database.ts'))) as { tables: Tables };
  await migrate({ url, ...tables });
}

try {
  const databases = JSON.parse(String(process.env[NEW_DATABASES])) as Record<string, string>;
  await Promise.all(Object.entries(databases).map(migrateOne));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

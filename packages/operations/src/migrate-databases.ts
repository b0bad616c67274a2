/**
 * Migrates several databases at once, before the services start. Services at work then need no URL of the owner of
 * their tables, and do not hold in their memory what migrates: 40 MB in each of them.
 */
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { migrate, type Tables } from '@plantops/persistence';
import { z } from 'zod';
import { DATABASES_TO_MIGRATE } from './service-databases.ts';

const SERVICES = join(import.meta.dirname, '../../../services');
const databases = z.partialRecord(z.enum(serviceNames), z.url());

async function migrateOne([service, url]: [service: ServiceName, url: string]): Promise<void> {
  const { tables } = (await import(join(SERVICES, service, 'src/database.ts'))) as { tables: Tables };
  await migrate({ url, ...tables });
}

try {
  const asked = databases.parse(JSON.parse(String(process.env[DATABASES_TO_MIGRATE])));
  await Promise.all((Object.entries(asked) as [ServiceName, string][]).map(migrateOne));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

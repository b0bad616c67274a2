/**
 * The first job of a deployed plant: makes the secrets and tenants that are missing and tells each container its own. Run again after an
 * upgrade or for a tenant more; what has been made stays as it is.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { configReader, runOnce } from '@plantops/service-kit';
import { z } from 'zod';
import { dataDirConfig } from './data-dir-config.ts';
import { databaseServersConfig, databaseServersOf } from './database-servers.ts';
import { secretFiles } from './secret-files.ts';
import { loadSecrets } from './secrets.ts';
import { addTenant, readTenants } from './tenants.ts';

const readConfig = configReader({
  ...dataDirConfig,
  /** Where the readers' directories are. */
  PLANTOPS_READERS_DIR: z.string().min(1),
  PLANTOPS_TENANTS: z.string().transform((names) => names.split(/[\s,]+/).filter(Boolean)),
  /** Servers as the services see them. */
  PLANTOPS_NATS_URL: z.url(),
  ...databaseServersConfig,
});

await runOnce(readConfig, async (config, say) => {
  const { PLANTOPS_DATA_DIR: dataDir, PLANTOPS_READERS_DIR: readers } = config;
  const secrets = await loadSecrets(dataDir);
  for (const tenant of config.PLANTOPS_TENANTS) await addTenant(dataDir, tenant);
  const edges = await readTenants(dataDir);
  const files = secretFiles(secrets, edges, { natsUrl: config.PLANTOPS_NATS_URL, databaseUrl: databaseServersOf(config) });
  for (const [name, content] of Object.entries(files)) await replace(join(readers, name), content);
  say(`secrets are there for ${Object.keys(files).length} readings, tenants: ${Object.keys(edges).join(', ')}`);
});

/** Readers run under users of their own; what keeps others out is that each directory is given to one reader alone. */
async function replace(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, content, { mode: 0o644 });
  await rename(`${file}.new`, file);
}

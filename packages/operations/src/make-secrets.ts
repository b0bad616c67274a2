/**
 * The first job of a deployed plant: creates missing secrets and tenants, and writes for each container the secrets
 * that it may read. Run it again after an upgrade or to add a tenant. Existing secrets and tenants do not change.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { configReader, natsUrl, runOnce } from '@plantops/service-kit';
import { z } from 'zod';
import { dataDirConfig } from './data-dir-config.ts';
import { databaseServersConfig, databaseServersOf } from './database-servers.ts';
import { secretFiles } from './secret-files.ts';
import { loadSecrets } from './secrets.ts';
import { addTenant, readTenants } from './tenants.ts';

const readConfig = configReader({
  ...dataDirConfig,
  /** The parent of the readers' directories. */
  PLANTOPS_READERS_DIR: z.string().min(1),
  PLANTOPS_TENANTS: z.string().transform((names) => names.split(/[\s,]+/).filter(Boolean)),
  /** The servers' addresses as the services use them. */
  PLANTOPS_NATS_URL: natsUrl,
  ...databaseServersConfig,
});

await runOnce(readConfig, async (config, say) => {
  const { PLANTOPS_DATA_DIR: dataDir, PLANTOPS_READERS_DIR: readers } = config;
  const secrets = await loadSecrets(dataDir);
  for (const tenant of config.PLANTOPS_TENANTS) await addTenant(dataDir, tenant);
  const edges = await readTenants(dataDir);
  const files = secretFiles(secrets, edges, {
    natsUrl: config.PLANTOPS_NATS_URL,
    databaseUrl: databaseServersOf(config),
  });
  for (const [name, content] of Object.entries(files)) await replace(join(readers, name), content);
  say(`wrote ${Object.keys(files).length} secret files; tenants: ${Object.keys(edges).join(', ')}`);
});

/**
 * Everyone may read the file, because readers run as other users. Each directory is mounted into the container of one
 * reader only.
 */
async function replace(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, content, { mode: 0o644 });
  await rename(`${file}.new`, file);
}

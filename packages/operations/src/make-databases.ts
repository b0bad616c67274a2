/** A job of a deployed plant: gives each service that owns a database its own, with its roles. Running it again changes nothing. */
import { configReader, runOnce } from '@plantops/service-kit';
import { z } from 'zod';
import { dataDirConfig } from './data-dir-config.ts';
import { readSecrets } from './secrets.ts';
import { administratorUrl, provisionDatabases } from './service-databases.ts';

const readConfig = configReader({
  ...dataDirConfig,
  /** An administrator's URL; without a password it is the one of the plant's secrets. */
  PLANTOPS_DATABASE_URL: z.url(),
});

await runOnce(readConfig, async ({ PLANTOPS_DATA_DIR, PLANTOPS_DATABASE_URL }, say) => {
  const secrets = await readSecrets(PLANTOPS_DATA_DIR);
  await provisionDatabases(administratorUrl(PLANTOPS_DATABASE_URL, secrets), secrets);
  say('every service has its database');
});

/** A job of a deployed plant: gives each service that owns a database its own, with its roles. Running it again changes nothing. */
import { configReader, runOnce } from '@plantops/service-kit';
import { dataDirConfig } from './data-dir-config.ts';
import { databaseServersConfig, databaseServersOf } from './database-servers.ts';
import { readSecrets } from './secrets.ts';
import { administratorUrl, provisionDatabases } from './service-databases.ts';

const readConfig = configReader({
  ...dataDirConfig,
  /** An administrator's URLs; without a password it is the one of the plant's secrets. */
  ...databaseServersConfig,
});

await runOnce(readConfig, async (config, say) => {
  const secrets = await readSecrets(config.PLANTOPS_DATA_DIR);
  const serverOf = databaseServersOf(config);
  await provisionDatabases((service) => administratorUrl(serverOf(service), secrets), secrets);
  say('every service has its database');
});

/**
 * A job of a deployed plant: creates a database, with its roles, for each service that owns one. A second run changes
 * nothing.
 */
import { configReader, runOnce } from '@plantops/service-kit';
import { dataDirConfig } from './data-dir-config.ts';
import { databaseServersConfig, databaseServersOf } from './database-servers.ts';
import { readSecrets } from './secrets.ts';
import { administratorUrl, provisionDatabases } from './service-databases.ts';

const readConfig = configReader({
  ...dataDirConfig,
  /** URLs of an administrator. A URL without a password gets the one in the plant's secrets. */
  ...databaseServersConfig,
});

await runOnce(readConfig, async (config, say) => {
  const secrets = await readSecrets(config.PLANTOPS_DATA_DIR);
  const serverOf = databaseServersOf(config);
  await provisionDatabases((service) => administratorUrl(serverOf(service), secrets), secrets, say);
  say('the databases of all services exist');
});

import { startDataService, type Base, type DataService } from '@plantops/backbone';
import type { Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { createConnection } from './connections/create-connection.ts';
import { getConnection } from './connections/get-connection.ts';
import { listConnections } from './connections/list-connections.ts';
import { updateConnection } from './connections/update-connection.ts';
import { tables } from './database.ts';
import { createMapping } from './mappings/create-mapping.ts';
import { getMapping } from './mappings/get-mapping.ts';
import { listMappings } from './mappings/list-mappings.ts';
import { updateMapping } from './mappings/update-mapping.ts';
import { dryRun } from './messages/dry-run.ts';
import { addressRules } from './sessions/address-rules.ts';
import { holdConnections } from './sessions/hold-connections.ts';

const service: DataService<Base> = {
  tables,
  deps: ({ bus: _bus, ...base }) => base,
  operations: [
    createConnection,
    updateConnection,
    getConnection,
    listConnections,
    createMapping,
    updateMapping,
    getMapping,
    listMappings,
    dryRun,
  ],
};

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const { deps, bus, ready } = await startDataService('connect', service, config, { lifetime, logger, now });
  const rules = () => addressRules(config);
  lifetime.defer('connections', holdConnections({ ...deps, bus, logger, rules }));
  return { ready };
};

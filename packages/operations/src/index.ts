export { dataDirConfig } from './data-dir-config.ts';
export { checkJsonFile, readJsonFile, readRebuildable, writeDraft, writeJsonFile, type Remark } from './json-file.ts';
export { edgeUser, natsConf, type NatsCluster } from './nats-conf.ts';
export { loadSecrets, SECRETS_FILE, type Secrets } from './secrets.ts';
export { secretFiles } from './secret-files.ts';
export { accessOf, databaseNameOf, DATABASES_TO_MIGRATE, provisionDatabases } from './service-databases.ts';
export { secretVariables, type Servers } from './service-variables.ts';
export { addTenant, FIRST_TENANTS, readTenants } from './tenants.ts';
export { AUDIENCE, ISSUER, tokensOf } from './tokens.ts';

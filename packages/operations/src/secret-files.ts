/** The secret files of a deployed plant, in one directory for each reader. No container gets the secrets of another. */
import { serviceNames } from '@plantops/contracts';
import { serverOf, type DatabaseServers } from './database-servers.ts';
import { natsConf } from './nats-conf.ts';
import type { Secrets } from './secrets.ts';
import { accessOf } from './service-databases.ts';
import { secretVariables } from './service-variables.ts';

export type DeployedServers = {
  readonly natsUrl: string;
  readonly databaseUrl: DatabaseServers;
};
/** The NATS cluster on Kubernetes, with the names of its pods. */
const CLUSTER = { name: 'plantops', servers: ['nats-0', 'nats-1', 'nats-2'], domain: 'nats-servers', port: 6222 };

/**
 * The content of each file. A service's files have the names of its variables. Only its migration gets the owner of its
 * tables.
 */
export function secretFiles(
  secrets: Secrets,
  edges: Readonly<Record<string, string>>,
  { natsUrl, databaseUrl }: DeployedServers,
): Record<string, string> {
  const natsUrlFor = (user: string, password: string) =>
    Object.assign(new URL(natsUrl), { username: user, password }).href;
  const files: Record<string, string> = {
    'postgres/password': secrets.postgres,
    'provisioner/PLANTOPS_NATS_URL': natsUrlFor('provisioner', secrets.provisioner),
    'provisioner/PLANTOPS_TENANTS': Object.keys(edges).join(' '),
    ...natsConfs(secrets, edges),
  };
  for (const service of serviceNames) {
    const server = serverOf(databaseUrl, service);
    const variables = secretVariables(service, { databaseUrl: server, natsUrlFor }, secrets);
    for (const [variable, value] of Object.entries(variables)) files[`${service}/${variable}`] = value;
    const access = accessOf(service, server, secrets);
    if (access) files[`migrations/${service}/PLANTOPS_DATABASE_OWNER_URL`] = access.ownerUrl;
  }
  return files;
}

/**
 * Three configurations: for current servers, which acknowledge after a sync to the disk; for servers before 2.10, which
 * do not know this setting; and for a cluster of current servers. An older server cannot read the store of a newer one,
 * so each has its own directory.
 */
function natsConfs(secrets: Secrets, edges: Readonly<Record<string, string>>): Record<string, string> {
  const services = Object.fromEntries(serviceNames.map((name) => [name, secrets.services[name].nats])) as Record<
    (typeof serviceNames)[number],
    string
  >;
  const common = {
    host: '0.0.0.0',
    port: 4222,
    monitor: '127.0.0.1:8222',
    users: { provisioner: secrets.provisioner, services, edges },
  };
  const newer = { ...common, storeDir: '/data/jetstream', syncAlways: true };
  const { name, servers, domain, port } = CLUSTER;
  const routes = servers.map((server) => ({ host: `${server}.${domain}`, port }));
  return {
    'nats/nats.conf': natsConf(newer),
    'nats/nats-cluster.conf': natsConf({
      ...newer,
      cluster: { name, host: '0.0.0.0', port, password: secrets.routes, routes },
    }),
    'nats/nats-2.9.conf': natsConf({ ...common, storeDir: '/data/jetstream-2.9' }),
  };
}

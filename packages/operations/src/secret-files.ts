/** What each container of a deployed plant is told in files of its own, by a directory for each reader: nobody gets another's. */
import { serviceNames, topology } from '@plantops/contracts';
import { serverOf, type DatabaseServers } from './database-servers.ts';
import { natsConf } from './nats-conf.ts';
import type { Secrets } from './secrets.ts';
import { secretVariables } from './service-variables.ts';

export type DeployedServers = {
  readonly natsUrl: string;
  readonly databaseUrl: DatabaseServers;
};
/** Of a cluster on Kubernetes, by the names that its pods have there. */
const CLUSTER = { name: 'plantops', servers: ['nats-0', 'nats-1', 'nats-2'], domain: 'nats-servers', port: 6222 };

/** The content of each file. A service's files are named by its variables; what owns its tables is told to its migration alone. */
export const secretFiles = (
  secrets: Secrets,
  edges: Readonly<Record<string, string>>,
  { natsUrl, databaseUrl }: DeployedServers,
): Record<string, string> => {
  const natsUrlFor = (user: string, password: string) => Object.assign(new URL(natsUrl), { username: user, password }).href;
  const files: Record<string, string> = {
    'postgres/password': secrets.postgres,
    'provisioner/PLANTOPS_NATS_URL': natsUrlFor('provisioner', secrets.provisioner),
    'provisioner/PLANTOPS_TENANTS': Object.keys(edges).join(' '),
    ...natsConfs(secrets, edges),
  };
  for (const service of serviceNames) {
    const { PLANTOPS_DATABASE_OWNER_URL: ownerUrl, ...own } = secretVariables(
      service,
      { databaseUrl: serverOf(databaseUrl, service), natsUrlFor },
      secrets,
    );
    for (const [variable, value] of Object.entries(own)) files[`${service}/${variable}`] = value;
    if (topology[service].database) files[`migrations/${service}/PLANTOPS_DATABASE_OWNER_URL`] = ownerUrl as string;
  }
  return files;
};

/**
 * One for today's servers, which acknowledge when the disk has it, and one for those before 2.10, which refuse to be asked for that. What a
 * newer server has stored an older one cannot read: each keeps a directory of its own. A third is for today's servers that are a cluster.
 */
const natsConfs = (secrets: Secrets, edges: Readonly<Record<string, string>>): Record<string, string> => {
  const services = Object.fromEntries(serviceNames.map((name) => [name, secrets.services[name].nats])) as Record<
    (typeof serviceNames)[number],
    string
  >;
  const common = { host: '0.0.0.0', port: 4222, monitor: '127.0.0.1:8222', users: { provisioner: secrets.provisioner, services, edges } };
  const newer = { ...common, storeDir: '/data/jetstream', syncAlways: true };
  const { name, servers, domain, port } = CLUSTER;
  const routes = servers.map((server) => ({ host: `${server}.${domain}`, port }));
  return {
    'nats/nats.conf': natsConf(newer),
    'nats/nats-cluster.conf': natsConf({ ...newer, cluster: { name, host: '0.0.0.0', port, password: secrets.routes, routes } }),
    'nats/nats-2.9.conf': natsConf({ ...common, storeDir: '/data/jetstream-2.9' }),
  };
};

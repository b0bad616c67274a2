/** The PostgreSQL servers of the databases: one for all services, or separate ones for some of them. */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { postgresUrl } from '@plantops/service-kit';
import type { z } from 'zod';

/** The URL of one server for all services, or of one for each service. */
export type DatabaseServers = string | ((service: ServiceName) => string);

type OwnVariable = `PLANTOPS_${string}_DATABASE_URL`;
const variableOf = (service: ServiceName): OwnVariable =>
  `PLANTOPS_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
const own = serviceNames
  .filter((service) => topology[service].database)
  .map((service) => [variableOf(service), postgresUrl.optional()]);

/**
 * PLANTOPS_DATABASE_URL is the server of all services. PLANTOPS_MONEY_LEAKS_DATABASE_URL, for example, overrides it for
 * one.
 */
export const databaseServersConfig = {
  PLANTOPS_DATABASE_URL: postgresUrl,
  ...(Object.fromEntries(own) as Record<OwnVariable, z.ZodOptional<z.ZodURL>>),
};
type Config = { readonly PLANTOPS_DATABASE_URL: string } & Readonly<Record<OwnVariable, string | undefined>>;

export const databaseServersOf =
  (config: Config) =>
  (service: ServiceName): string =>
    config[variableOf(service)] ?? config.PLANTOPS_DATABASE_URL;

export const serverOf = (servers: DatabaseServers, service: ServiceName): string =>
  typeof servers === 'string' ? servers : servers(service);

import type { ServiceName } from '@plantops/contracts';
import type { Secrets } from './secrets.ts';
import { accessOf } from './service-databases.ts';

export type Servers = {
  /** A URL of the PostgreSQL server. */
  readonly databaseUrl: string;
  /** The URL of the NATS server with one of its users. */
  readonly natsUrlFor: (user: string, password: string) => string;
};

/** The variables of a service at work that contain a secret. It does not get the owner of its tables. */
export function secretVariables(
  service: ServiceName,
  { databaseUrl, natsUrlFor }: Servers,
  secrets: Secrets,
): Record<string, string> {
  const access = accessOf(service, databaseUrl, secrets);
  return {
    PLANTOPS_NATS_URL: natsUrlFor(service, secrets.services[service].nats),
    ...(access ? { PLANTOPS_DATABASE_URL: access.url } : {}),
    ...(service === 'gateway' ? { PLANTOPS_JWT_SECRET: secrets.jwt } : {}),
  };
}

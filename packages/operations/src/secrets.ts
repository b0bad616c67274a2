/**
 * The passwords and keys of a plant. They are created at its first start, in its data directory; only its owner can
 * read them.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { newSecret, secret } from './secret.ts';

const secretsOfService = z.object({ nats: secret, database: secret, databaseOwner: secret });
type SecretsOfService = z.infer<typeof secretsOfService>;

export type Secrets = {
  readonly jwt: string;
  readonly postgres: string;
  readonly provisioner: string;
  /** The password between the servers of a NATS cluster. */
  readonly routes: string;
  readonly services: Readonly<Record<ServiceName, Readonly<SecretsOfService>>>;
};

/** What a file may lack: the secrets of a later version. All others have been in use since the first start. */
const secretsFile = z.object({
  jwt: secret,
  postgres: secret,
  provisioner: secret,
  routes: secret.optional(),
  services: z.record(z.string(), secretsOfService),
});
type SecretsFile = z.infer<typeof secretsFile>;

export const SECRETS_FILE = 'secrets.json';
/** The cluster of the embedded PostgreSQL, or the note that says where it is. */
const CLUSTERS = ['postgres/data', 'postgres/location.json'];

const ELSEWHERE = 'or use another data directory: PLANTOPS_DATA_DIR=<path>';
const RESTORE = `Put the file back from a backup, ${ELSEWHERE}.`;
const kept = (dataDir: string): Promise<SecretsFile | undefined> =>
  readJsonFile(join(dataDir, SECRETS_FILE), secretsFile, RESTORE);

/** Reads the secrets of a plant that was started before. Throws when they do not exist, or when one is missing. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const found = await kept(dataDir);
  const file = join(dataDir, SECRETS_FILE);
  if (found === undefined)
    throw new Error(`${file} does not exist: start the plant once, or set PLANTOPS_DATA_DIR to its data directory`);
  return completed(found, (name) => {
    throw new Error(`${file} lacks ${name}: start the plant once with this version, which adds it`);
  });
}

/**
 * Reads the secrets, and creates those that are missing: all of them at the first start, later those of a service that
 * came with a later version. Throws when the file is lost but the database is there: it would refuse new passwords.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const before = await kept(dataDir);
  if (before === undefined) await refuseWithDatabase(dataDir);
  const first = () => ({ jwt: newSecret(), postgres: newSecret(), provisioner: newSecret(), services: {} });
  const secrets = completed(before ?? first(), newSecret);
  await writeJsonFile(join(dataDir, SECRETS_FILE), secrets);
  return secrets;
}

/** With a value for each secret that a later version added. */
function completed({ services, routes, ...rest }: SecretsFile, added: (name: string) => string): Secrets {
  const of = (service: ServiceName): SecretsOfService =>
    services[service] ?? {
      nats: added(`services.${service}.nats`),
      database: added(`services.${service}.database`),
      databaseOwner: added(`services.${service}.databaseOwner`),
    };
  return {
    ...rest,
    routes: routes ?? added('routes'),
    services: Object.fromEntries(serviceNames.map((service) => [service, of(service)])) as Secrets['services'],
  };
}

async function refuseWithDatabase(dataDir: string): Promise<void> {
  for (const path of CLUSTERS.map((name) => join(dataDir, name))) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere)
      throw new Error(
        `${join(dataDir, SECRETS_FILE)} does not exist, but its database does (${path}), which accepts only the ` +
          `passwords in that file. ${RESTORE}`,
      );
  }
}

/**
 * The passwords and keys of a plant. They are created at its first start, in its data directory; only its owner can
 * read them.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export type Secrets = {
  readonly jwt: string;
  readonly postgres: string;
  readonly provisioner: string;
  /** The password between the servers of a NATS cluster. */
  readonly routes: string;
  readonly services: Readonly<
    Record<ServiceName, { readonly nats: string; readonly database: string; readonly databaseOwner: string }>
  >;
};

export const SECRETS_FILE = 'secrets.json';
export const newSecret = (): string => randomBytes(24).toString('base64url');
const kept = (dataDir: string) => readJsonFile(join(dataDir, SECRETS_FILE)) as Promise<Secrets | undefined>;

/** Reads the secrets of a plant that was started before. Throws when they do not exist. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const secrets = await kept(dataDir);
  if (secrets !== undefined) return secrets;
  throw new Error(
    `${join(dataDir, SECRETS_FILE)} does not exist: start the plant once, or set PLANTOPS_DATA_DIR to its data directory`,
  );
}

/** Reads the secrets and creates missing ones, for example those of a service that came with a later version. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const before = await kept(dataDir);
  const made = {
    jwt: before?.jwt ?? newSecret(),
    postgres: before?.postgres ?? newSecret(),
    provisioner: before?.provisioner ?? newSecret(),
    routes: before?.routes ?? newSecret(),
    services: Object.fromEntries(
      serviceNames.map((service) => [
        service,
        before?.services[service] ?? { nats: newSecret(), database: newSecret(), databaseOwner: newSecret() },
      ]),
    ) as Secrets['services'],
  };
  await writeJsonFile(join(dataDir, SECRETS_FILE), made);
  return made;
}

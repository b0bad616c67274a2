/** The passwords and keys of a plant, made at its first start and kept in its data directory, readable to its owner alone. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export type Secrets = {
  readonly jwt: string;
  readonly postgres: string;
  readonly provisioner: string;
  /** Between the servers of a NATS cluster. */
  readonly routes: string;
  readonly services: Readonly<Record<ServiceName, { readonly nats: string; readonly database: string; readonly databaseOwner: string }>>;
};

export const SECRETS_FILE = 'secrets.json';
export const newSecret = (): string => randomBytes(24).toString('base64url');
const kept = (dataDir: string) => readJsonFile(join(dataDir, SECRETS_FILE)) as Promise<Secrets | undefined>;

/** Those of a plant that has been started before. */
export const readSecrets = async (dataDir: string): Promise<Secrets> => {
  const secrets = await kept(dataDir);
  if (secrets !== undefined) return secrets;
  throw new Error(`${join(dataDir, SECRETS_FILE)} is not there: start the plant once, or set PLANTOPS_DATA_DIR to where it keeps its data`);
};

/** Reads them, and makes those that are missing: a service that came with a later version gets its own when it is first seen. */
export const loadSecrets = async (dataDir: string): Promise<Secrets> => {
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
};

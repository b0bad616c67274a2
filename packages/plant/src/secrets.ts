/** The passwords and keys of a plant, made at its first start and kept in its data directory, readable to its owner alone. */
import { randomBytes } from 'node:crypto';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import type { DataDir } from './data-dir.ts';

export type Secrets = {
  readonly jwt: string;
  readonly postgres: string;
  readonly provisioner: string;
  readonly services: Readonly<Record<ServiceName, { readonly nats: string; readonly database: string; readonly databaseOwner: string }>>;
};

export const SECRETS_FILE = 'secrets.json';
export const newSecret = (): string => randomBytes(24).toString('base64url');

export const loadSecrets = async (dataDir: DataDir): Promise<Secrets> => {
  const kept = (await dataDir.readJson(SECRETS_FILE)) as Secrets | undefined;
  const made = {
    jwt: kept?.jwt ?? newSecret(),
    postgres: kept?.postgres ?? newSecret(),
    provisioner: kept?.provisioner ?? newSecret(),
    // A service that came with a later version gets its own when it is first seen.
    services: Object.fromEntries(
      serviceNames.map((service) => [
        service,
        kept?.services[service] ?? { nats: newSecret(), database: newSecret(), databaseOwner: newSecret() },
      ]),
    ) as Secrets['services'],
  };
  await dataDir.writeJson(SECRETS_FILE, made);
  return made;
};

/**
 * The tenants of a plant: one file for each in its data directory. A new file adds a tenant, also while the plant runs.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tenantSlug } from '@plantops/contracts';
import { z } from 'zod';
import { readJsonFile, writeJsonFile, type Remark } from './json-file.ts';
import { newSecret, secret } from './secret.ts';

export const FIRST_TENANTS = ['akron', 'globex'];
const EXTENSION = '.json';
const folder = (dataDir: string) => join(dataDir, 'tenants');
const fileOf = (dataDir: string, tenant: string) => join(folder(dataDir), `${tenant}${EXTENSION}`);

const tenantFile = z.object({ edge_password: secret });
const REMEDY =
  'Put the file back from a backup, or write {"edge_password": "<a new password of at least 24 characters>"} into it: line systems need it too.';

/** Adds a tenant. Changes nothing when the tenant exists. */
export async function addTenant(dataDir: string, tenant: string): Promise<void> {
  const slug = tenantSlug.safeParse(tenant);
  if (!slug.success) throw new Error(`"${tenant}" is not a tenant name: it ${slug.error.issues[0]?.message}`);
  await mkdir(folder(dataDir), { recursive: true, mode: 0o700 });
  const file = fileOf(dataDir, tenant);
  if ((await readJsonFile(file, tenantFile, REMEDY)) !== undefined) return;
  await writeJsonFile(file, { edge_password: newSecret() }, 0o600);
}

/**
 * Returns the password of the edge user of each tenant. Skips files that do not have the name of a tenant, such as
 * `akron copy.json`, with a remark for each. Throws when the file of a tenant cannot be used, unless `known` are the
 * passwords of a plant that runs: then the tenant keeps the one it has, with a remark, and the others go on.
 */
export async function readTenants(
  dataDir: string,
  remark: Remark = () => {},
  known?: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const edges: [tenant: string, password: string][] = [];
  for (const name of (await readdir(folder(dataDir))).filter((file) => file.endsWith(EXTENSION)).sort()) {
    const tenant = basename(name, EXTENSION);
    const slug = tenantSlug.safeParse(tenant);
    const found = slug.success ? await passwordOf(dataDir, tenant, remark, known) : undefined;
    if (!slug.success)
      remark(
        `${fileOf(dataDir, tenant)} is skipped: "${tenant}" is not a tenant name, it ${slug.error.issues[0]?.message}`,
      );
    // A file that was deleted meanwhile is no tenant.
    else if (found !== undefined) edges.push([tenant, found]);
  }
  return Object.fromEntries(edges);
}

async function passwordOf(
  dataDir: string,
  tenant: string,
  remark: Remark,
  known: Readonly<Record<string, string>> | undefined,
): Promise<string | undefined> {
  try {
    return (await readJsonFile(fileOf(dataDir, tenant), tenantFile, REMEDY))?.edge_password;
  } catch (error) {
    if (known === undefined) throw error;
    remark(error instanceof Error ? error.message : String(error));
    return Object.hasOwn(known, tenant) ? known[tenant] : undefined;
  }
}

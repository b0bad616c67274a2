/**
 * The tenants of a plant: one file for each in its data directory. A new file adds a tenant, also while the plant runs.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tenantSlug } from '@plantops/contracts';
import { writeJsonFile } from './json-file.ts';
import { newSecret } from './secrets.ts';

export const FIRST_TENANTS = ['akron', 'globex'];
const folder = (dataDir: string) => join(dataDir, 'tenants');

/** Adds a tenant. Changes nothing when the tenant exists. */
export async function addTenant(dataDir: string, tenant: string): Promise<void> {
  const slug = tenantSlug.safeParse(tenant);
  if (!slug.success) throw new Error(`"${tenant}" is not a tenant name: it ${slug.error.issues[0]?.message}`);
  await mkdir(folder(dataDir), { recursive: true, mode: 0o700 });
  if ((await readTenants(dataDir))[tenant] !== undefined) return;
  await writeJsonFile(join(folder(dataDir), `${tenant}.json`), { edge_password: newSecret() }, 0o600);
}

/** Returns the password of the edge user of each tenant. */
export async function readTenants(dataDir: string): Promise<Record<string, string>> {
  const files = (await readdir(folder(dataDir))).filter((file) => file.endsWith('.json')).sort();
  const entries = await Promise.all(
    files.map(async (file) => [
      file.slice(0, -'.json'.length),
      (JSON.parse(await readFile(join(folder(dataDir), file), 'utf8')) as { edge_password: string }).edge_password,
    ]),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The tenants of a plant: one file each in its data directory. Adding a file adds a tenant, also while the plant runs. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tenantSlug } from '@plantops/contracts';
import { writeJsonFile } from './json-file.ts';
import { newSecret } from './secrets.ts';

export const FIRST_TENANTS = ['akron', 'globex'];
const folder = (dataDir: string) => join(dataDir, 'tenants');

/** Adds a tenant; one that is there already stays as it is. */
export const addTenant = async (dataDir: string, tenant: string): Promise<void> => {
  const slug = tenantSlug.safeParse(tenant);
  if (!slug.success) throw new Error(`"${tenant}" is no tenant name: it ${slug.error.issues[0]?.message}`);
  await mkdir(folder(dataDir), { recursive: true, mode: 0o700 });
  if ((await readTenants(dataDir))[tenant] !== undefined) return;
  await writeJsonFile(join(folder(dataDir), `${tenant}.json`), { edge_password: newSecret() }, 0o600);
};

/** The tenants with the passwords of their edge users. */
export const readTenants = async (dataDir: string): Promise<Record<string, string>> => {
  const files = (await readdir(folder(dataDir))).filter((file) => file.endsWith('.json')).sort();
  const entries = await Promise.all(
    files.map(async (file) => [
      file.slice(0, -'.json'.length),
      (JSON.parse(await readFile(join(folder(dataDir), file), 'utf8')) as { edge_password: string }).edge_password,
    ]),
  );
  return Object.fromEntries(entries) as Record<string, string>;
};

/** `pnpm run token --tenant T --role R`: prints a development token of a plant's data directory. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { roles, tenantSlug, type Role } from '@plantops/contracts';
import { SECRETS_FILE, type Secrets } from './secrets.ts';
import { readSettings } from './settings.ts';
import { readTenants } from './tenants.ts';
import { signToken } from './tokens.ts';

const USAGE = `usage: pnpm run token --tenant <tenant> [--role ${roles.join('|')}]`;
const isRole = (text: string): text is Role => roles.some((role) => role === text);

try {
  const { values } = parseArgs({
    options: { tenant: { type: 'string' }, role: { type: 'string', default: 'viewer' }, help: { type: 'boolean', short: 'h' } },
  });
  const { tenant, role } = values;
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    process.exit();
  }
  if (tenant === undefined || !tenantSlug.safeParse(tenant).success || !isRole(role)) throw new Error(USAGE);
  const dataDir = readSettings(process.env).PLANTOPS_DATA_DIR;
  const file = join(dataDir, SECRETS_FILE);
  const secrets = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read: start the plant once, or set PLANTOPS_DATA_DIR to where it keeps its data`);
  });
  const tenants = Object.keys(await readTenants(dataDir));
  if (!tenants.includes(tenant))
    throw new Error(`This plant has no tenant "${tenant}": it has ${tenants.join(', ')}. Add one with: pnpm run tenant add ${tenant}`);
  process.stdout.write(`${await signToken((JSON.parse(secrets) as Secrets).jwt, tenant, role)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

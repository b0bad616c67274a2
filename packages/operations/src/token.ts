/** `pnpm run token --tenant T --role R`: prints a development token of a plant's data directory. */
import { parseArgs } from 'node:util';
import { roles, tenantSlug, type Role } from '@plantops/contracts';
import { configReader, runOnce } from '@plantops/service-kit';
import { dataDirConfig } from './data-dir-config.ts';
import { readSecrets } from './secrets.ts';
import { readTenants } from './tenants.ts';
import { signToken } from './tokens.ts';

const USAGE = `usage: pnpm run token --tenant <tenant> [--role ${roles.join('|')}]`;
const isRole = (text: string): text is Role => roles.some((role) => role === text);

await runOnce(configReader(dataDirConfig), async ({ PLANTOPS_DATA_DIR: dataDir }, say) => {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      role: { type: 'string', default: 'viewer' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { tenant, role } = values;
  if (values.help) return say(USAGE);
  if (tenant === undefined || !tenantSlug.safeParse(tenant).success || !isRole(role)) throw new Error(USAGE);
  const secrets = await readSecrets(dataDir);
  const tenants = Object.keys(await readTenants(dataDir));
  if (!tenants.includes(tenant))
    throw new Error(
      `This plant has no tenant "${tenant}": it has ${tenants.join(', ')}. Add one with: pnpm run tenant add ${tenant}`,
    );
  say(await signToken(secrets.jwt, tenant, role));
});

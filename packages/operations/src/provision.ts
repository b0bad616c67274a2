/**
 * `pnpm provision TENANT…`: brings a NATS server to the streams and consumers that the services need, and makes consumers anew that would pass
 * by messages. For services that are deployed each on its own; a plant does it by itself. With `--keep` it goes on looking.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { tenantSlug } from '@plantops/contracts';
import { configReader, provision, runOnce } from '@plantops/service-kit';
import { z } from 'zod';

const LOOK_EVERY_MS = 30_000;
const USAGE = 'usage: PLANTOPS_NATS_URL=nats://provisioner:<password>@<host> pnpm provision [--keep] <tenant>…';

const words = process.argv.slice(2);
const tenants = words.filter((word) => word !== '--keep');
const keeps = words.includes('--keep');

await runOnce(configReader({ PLANTOPS_NATS_URL: z.string({ error: USAGE }).min(1) }), async ({ PLANTOPS_NATS_URL: url }, say) => {
  if (tenants.length === 0 || !tenants.every((tenant) => tenantSlug.safeParse(tenant).success)) throw new Error(USAGE);
  for (const remark of await provision(url, tenants)) say(remark);
  say(`the streams and consumers of ${tenants.join(', ')} are as they should be`);
  while (keeps) {
    await delay(LOOK_EVERY_MS);
    // The server may be away: it is looked at again.
    for (const remark of await provision(url, tenants).catch((error: unknown) => [`not looked at: ${String(error)}`])) say(remark);
  }
});

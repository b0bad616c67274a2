/**
 * `pnpm provision TENANT…`: brings a NATS server to the streams and consumers that the services need, and makes consumers anew that would pass
 * by messages. For services that are deployed each on its own; a plant does it by itself. With `--keep` it goes on looking. With
 * `--again SERVICE` it makes all consumers of a service anew, whose database was restored from a backup. `--replicas 3` has every stream kept
 * by three servers of a cluster.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, tenantSlug } from '@plantops/contracts';
import { configReader, provision, runOnce } from '@plantops/service-kit';
import { z } from 'zod';

const LOOK_EVERY_MS = 30_000;
/** What nats-server can keep a stream on. */
const REPLICAS = [1, 3, 5] as const;
const USAGE = `usage: PLANTOPS_NATS_URL=nats://provisioner:<password>@<host> pnpm provision [--keep] [--again <service>] [--replicas 1|3|5] <tenant>…
services: ${serviceNames.join(', ')}`;

const readConfig = configReader({
  PLANTOPS_NATS_URL: z.string({ error: USAGE }).min(1),
  /** Those that have been made, whoever is named now: a tenant that nobody looks after would pass by what its streams have lost. */
  PLANTOPS_TENANTS: z.string().default(''),
});

await runOnce(readConfig, async ({ PLANTOPS_NATS_URL: url, PLANTOPS_TENANTS: made }, say) => {
  const { values, positionals } = parseArgs({
    options: { keep: { type: 'boolean', default: false }, again: { type: 'string' }, replicas: { type: 'string' } },
    allowPositionals: true,
  });
  const tenants = [...new Set([...made.split(/[\s,]+/).filter(Boolean), ...positionals])];
  const again = serviceNames.find((name) => name === values.again);
  // Left out: as many as there are.
  const replicas = REPLICAS.find((number) => String(number) === values.replicas);
  const isUnknown = (values.again !== undefined && again === undefined) || (values.replicas !== undefined && replicas === undefined);
  if (isUnknown || tenants.length === 0 || !tenants.every((tenant) => tenantSlug.safeParse(tenant).success)) throw new Error(USAGE);
  for (const remark of await provision(url, tenants, { again, replicas })) say(remark);
  say(`the streams and consumers of ${tenants.join(', ')} are as they should be`);
  while (values.keep) {
    await delay(LOOK_EVERY_MS);
    // The server may be away: it is looked at again.
    for (const remark of await provision(url, tenants, { replicas }).catch((error: unknown) => [`not looked at: ${String(error)}`]))
      say(remark);
  }
});

/**
 * `pnpm provision TENANT…`: creates the streams and consumers that the services need, and recreates consumers that
 * would skip messages. It is for services that are deployed separately; a plant does it by itself. With `--keep` it
 * repeats this until stopped. `--again SERVICE` recreates all consumers of a service whose database was restored from a
 * backup. `--replicas 3` keeps every stream on three servers of a cluster.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, tenantSlug } from '@plantops/contracts';
import { configReader, natsUrls, provision, runOnce } from '@plantops/service-kit';
import { z } from 'zod';

const LOOK_EVERY_MS = 10_000;
/** The numbers of servers that nats-server can keep a stream on. */
const REPLICAS = [1, 3, 5] as const;
const USAGE = `usage: PLANTOPS_NATS_URL=nats://provisioner:<password>@<host> pnpm provision [--keep] [--again <service>] [--replicas 1|3|5] <tenant>…
services: ${serviceNames.join(', ')}`;

const readConfig = configReader({
  PLANTOPS_NATS_URL: natsUrls,
  /** Tenants that exist already. They are provisioned too, or their consumers would skip messages after a loss. */
  PLANTOPS_TENANTS: z.string().default(''),
});

await runOnce(readConfig, async ({ PLANTOPS_NATS_URL: url, PLANTOPS_TENANTS: existing }, say) => {
  const { values, positionals } = parseArgs({
    options: { keep: { type: 'boolean', default: false }, again: { type: 'string' }, replicas: { type: 'string' } },
    allowPositionals: true,
  });
  const tenants = [...new Set([...existing.split(/[\s,]+/).filter(Boolean), ...positionals])];
  const again = serviceNames.find((name) => name === values.again);
  // Absent: existing streams keep their number.
  const replicas = REPLICAS.find((number) => String(number) === values.replicas);
  const isUnknown =
    (values.again !== undefined && again === undefined) || (values.replicas !== undefined && replicas === undefined);
  if (isUnknown || tenants.length === 0 || !tenants.every((tenant) => tenantSlug.safeParse(tenant).success))
    throw new Error(USAGE);
  for (const remark of await provision(url, tenants, { again, replicas })) say(remark);
  say(`the streams and consumers of ${tenants.join(', ')} are up to date`);
  while (values.keep) {
    await delay(LOOK_EVERY_MS);
    // When the server cannot be reached, the next round tries again.
    for (const remark of await provision(url, tenants, { replicas }).catch((error: unknown) => [
      `the streams could not be checked: ${String(error)}`,
    ]))
      say(remark);
  }
});

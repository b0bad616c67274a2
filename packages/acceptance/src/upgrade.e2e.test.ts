/**
 * Services of the commit before and of this one work side by side, each request and announcement through one or the other: old gateway and
 * new services, new producers and old consumers, migrations under the feet of what runs. `PLANTOPS_UPGRADE_FROM` is another commit to begin with.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { SECRETS_FILE, type Secrets, natsConf, readTenants } from '@plantops/operations';
import { provision } from '@plantops/service-kit';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { EarlierCheckout, earlierCommit } from './earlier-checkout.ts';
import { EverydayLoad } from './everyday-load.ts';
import { Copies } from './fuzz/copies.ts';
import { PlantUnderTest } from '@plantops/testing/plant';

const FROM = process.env['PLANTOPS_UPGRADE_FROM'] ?? 'HEAD~1';
const commit = await earlierCommit(FROM);
if (commit === undefined) process.stdout.write(`SKIPPED: the commit ${FROM} is not at hand here, so nothing can be upgraded from it\n`);

let plant: PlantUnderTest;
let earlier: EarlierCheckout | undefined;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  if (commit === undefined) return;
  earlier = await EarlierCheckout.of(commit);
  await plant.start(earlier.root);
}, 120_000);
afterAll(async () => {
  await plant.remove();
  await earlier?.remove();
});

/** What whoever operates the servers does first: this version's permissions, streams and consumers. */
const prepareBroker = async (): Promise<void> => {
  const { nats_url, processes } = await plant.ready();
  const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
  const edges = await readTenants(plant.dataDir);
  const services = Object.fromEntries(serviceNames.map((name) => [name, secrets.services[name].nats])) as Record<
    (typeof serviceNames)[number],
    string
  >;
  const url = new URL(nats_url);
  const conf = natsConf({
    host: url.hostname,
    port: Number(url.port),
    storeDir: join(plant.dataDir, 'jetstream'),
    users: { provisioner: secrets.provisioner, services, edges },
  });
  await writeFile(join(plant.dataDir, 'nats.conf'), conf, { mode: 0o600 });
  process.kill(processes['nats-server'] as number, 'SIGHUP');
  [url.username, url.password] = ['provisioner', secrets.provisioner];
  await provision(url.href, Object.keys(edges));
};

const withHistory = describeWhere(describe, commit !== undefined, 'there is no commit before this one in the history');
withHistory('an upgrade', () => {
  test('both versions side by side under load: no request fails, every write is there once, and all of it becomes money once', async () => {
    const { gateway_url, tenants } = await plant.ready();
    const token = tenants['akron']?.tokens.admin as string;
    const load = await EverydayLoad.start([gateway_url], token);
    await waitFor('the version before to work', () => load.written.length > 50, 30_000);
    await prepareBroker();
    const copies = await Copies.start(plant);
    load.addGateway(copies.gatewayUrl, token);
    await waitFor('both versions to have worked', () => copies.haveAllWorked(serviceNames), 30_000);
    const together = load.written.length;
    await waitFor('them to go on together', () => load.written.length > together + 150, 30_000);
    await load.stop();
    expect(load.refused).toEqual([]);
    await waitFor('the money of all of them', async () => (await load.standing()).postings === load.written.length, 30_000);
    expect((await load.standing()).stops).toBe(load.written.length);
    await copies.stop();
    await plant.stop();

    // The last of the version before is gone; this one finds all of it and goes on.
    await plant.start();
    expect(await load.standing()).toEqual({ stops: load.written.length, postings: load.written.length });
  }, 180_000);
});

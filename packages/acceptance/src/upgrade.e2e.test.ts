/**
 * Services of the previous commit and of the next version run together, and share requests and events: an old gateway
 * with new services, new producers with old consumers, and migrations while services run. The next version is this
 * commit with a new column, table, field and operation, so that each run tries what an upgrade may bring.
 * `PLANTOPS_UPGRADE_FROM` names another commit to begin with.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import {
  accessOf,
  loadSecrets,
  type natsConf,
  provisionDatabases,
  readTenants,
  SECRETS_FILE,
  type Secrets,
} from '@plantops/operations';
import { provision } from '@plantops/service-kit';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { EarlierCheckout, earlierCommit } from './earlier-checkout.ts';
import { EverydayLoad } from './everyday-load.ts';
import { Copies } from './fuzz/copies.ts';
import { runCommand } from '@plantops/servers';
import { databaseUrlOf, PlantUnderTest } from '@plantops/testing/plant';
import { NEXT_PATH, nextVersionOf } from './next-version.ts';

const FROM = process.env['PLANTOPS_UPGRADE_FROM'] ?? 'HEAD~1';
const commit = await earlierCommit(FROM);
if (commit === undefined)
  process.stdout.write(`SKIPPED: the commit ${FROM} is not in the history, so nothing can be upgraded from it\n`);

let plant: PlantUnderTest;
let earlier: EarlierCheckout | undefined;
let next: EarlierCheckout | undefined;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  if (commit === undefined) return;
  [earlier, next] = await Promise.all([EarlierCheckout.of(commit), nextVersionOf('HEAD')]);
  await plant.start(earlier.root);
}, 120_000);
afterAll(async () => {
  await plant.remove();
  await Promise.all([earlier?.remove(), next?.remove()]);
});

/** The services that the previous version has. */
async function servicesBefore(): Promise<ServiceName[]> {
  const { services } = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Pick<
    Secrets,
    'services'
  >;
  return serviceNames.filter((name) => services[name] !== undefined);
}

/** The secrets and the databases of services that the next version adds. */
async function prepareServices(): Promise<void> {
  await provisionDatabases(await databaseUrlOf(plant.dataDir), await loadSecrets(plant.dataDir), () => {});
}

/** The first step of an upgrade: the next version's permissions, and the streams and consumers. */
async function prepareBroker(root: string): Promise<void> {
  const { nats_url, processes } = await plant.ready();
  const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
  const edges = await readTenants(plant.dataDir);
  const services = Object.fromEntries(serviceNames.map((name) => [name, secrets.services[name].nats])) as Record<
    (typeof serviceNames)[number],
    string
  >;
  const url = new URL(nats_url);
  const conf = await natsConfOf(root, {
    host: url.hostname,
    port: Number(url.port),
    storeDir: join(plant.dataDir, 'jetstream'),
    users: { provisioner: secrets.provisioner, services, edges },
  });
  await writeFile(join(plant.dataDir, 'nats.conf'), conf, { mode: 0o600 });
  process.kill(processes['nats-server'] as number, 'SIGHUP');
  [url.username, url.password] = ['provisioner', secrets.provisioner];
  await provision(url.href, Object.keys(edges));
}

/** The configuration of nats-server as another checkout writes it: its services may call what they need. */
function natsConfOf(root: string, settings: Parameters<typeof natsConf>[0]): Promise<string> {
  const program = `
    import { natsConf } from ${JSON.stringify(join(root, 'packages/operations/src/index.ts'))};
    process.stdout.write(natsConf(JSON.parse(process.env.SETTINGS)));`;
  const command = ['--conditions=@plantops/source', '--no-warnings', '--input-type=module', '--eval', program];
  const env = { PATH: process.env['PATH'], SETTINGS: JSON.stringify(settings) };
  return runCommand(process.execPath, command, { env, timeoutMs: 30_000 });
}

/** The second step: the tables of the next version, by its own command. The copies of the previous one go on working. */
async function migrateAll(root: string): Promise<void> {
  const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
  const databaseUrl = await databaseUrlOf(plant.dataDir);
  const owners = serviceNames.flatMap((service) => {
    const access = accessOf(service, databaseUrl, secrets);
    const variable = `PLANTOPS_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_OWNER_URL`;
    return access === undefined ? [] : [[variable, access.ownerUrl]];
  });
  const command = ['--conditions=@plantops/source', '--no-warnings', join(root, 'packages/plant/src/migrate.ts')];
  const env = { PATH: process.env['PATH'], ...Object.fromEntries(owners) };
  await runCommand(process.execPath, command, { env, timeoutMs: 150_000 });
}

const withHistory = describeWhere(describe, commit !== undefined, 'there is no commit before this one in the history');
withHistory('an upgrade', () => {
  test('both versions together under load: no request fails, every write exists once and is posted once', async () => {
    const { gateway_url, tenants } = await plant.ready();
    const token = tenants['akron']?.tokens.admin as string;
    const services = await servicesBefore();
    const load = await EverydayLoad.start([gateway_url], token, { services });
    await waitFor('the previous version to answer', () => load.written.length > 50, 30_000);
    await prepareServices();
    await prepareBroker(next?.root as string);
    await migrateAll(next?.root as string);
    const copies = await Copies.start(plant, next?.root);
    load.addGateway(copies.gatewayUrl, token);
    await waitFor('both versions to have answered', () => copies.haveAllWorked(services), 30_000);
    const together = load.written.length;
    await waitFor('both versions to answer together', () => load.written.length > together + 150, 30_000);
    // Only copies of the next version know the new operation: they answer it, whichever gateway is asked for the rest.
    const answer = await fetch(`${copies.gatewayUrl}/api/v1/plant-ops${NEXT_PATH(load.written[0] as string)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ next_note: null })]);
    await load.stop();
    expect(load.refused).toEqual([]);
    await waitFor(
      'the postings of all stops',
      async () => (await load.standing()).postings === load.written.length,
      30_000,
    );
    expect((await load.standing()).stops).toBe(load.written.length);
    await copies.stop();
    await plant.stop();

    // A step back: this version works on the tables of the next one, and has all of the data.
    await plant.start();
    expect(await load.standing()).toEqual({ stops: load.written.length, postings: load.written.length });
    const before = load.written.length;
    load.resume();
    await waitFor('this version to answer', () => load.written.length > before + 50, 30_000);
    await load.stop();
    expect(load.refused).toEqual([]);
  }, 300_000);
});

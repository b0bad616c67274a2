/** The plant of docker-compose.yml, from its images to an upgrade, used from outside. It needs a Docker engine. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { composeCommand } from './compose/compose-command.ts';
import { ComposePlant } from './compose/compose-plant.ts';
import { partsOf } from './compose/parts-of-image.ts';
import { EverydayLoad } from './everyday-load.ts';
import { requestsOf } from './requests-of.ts';
import { sodaDataIsHere } from './soda-bottling.ts';
import { SODA_TOTALS, SodaRun } from './soda-run.ts';

const WRITERS = 2;
/**
 * Containers, their build and this test share one computer: an overloaded gateway refuses requests before it forwards
 * them.
 */
const isShed = (refusal: unknown) =>
  JSON.stringify(refusal).includes('the gateway has more requests in progress than it can answer in time');

const compose = await composeCommand();

const withContainers = describeWhere(describe, compose !== undefined, 'no Docker engine with compose answers');
withContainers('a plant of containers', () => {
  let plant: ComposePlant;
  beforeAll(async () => {
    plant = await ComposePlant.create(compose as readonly string[]);
    await plant.up();
  }, 1_200_000);
  afterAll(() => plant?.remove(), 120_000);

  test.each([...serviceNames])(
    'the image of %s contains the service, the packages that it imports, and no tests',
    async (service) => {
      const parts = await plant.inside(service, 'sh', '-c', 'cd /plantops && ls -d packages/* services/*');
      expect(parts.split('\n').sort()).toEqual(partsOf(service));
      expect(
        await plant.inside(service, 'find', '/plantops/packages', '/plantops/services', '-name', '*.test.ts'),
      ).toBe('');
      expect(await plant.inside(service, 'find', '/plantops', '-maxdepth', '3', '-name', 'jest*')).toBe('');
    },
  );

  test.each([...serviceNames])(
    '%s runs as an unprivileged user, without capabilities, and cannot change its files',
    async (service) => {
      const [uid, capabilities, written] = (
        await plant.inside(
          service,
          'sh',
          '-c',
          'id -u; grep CapEff /proc/self/status; touch /plantops/x 2>/dev/null && echo written || echo refused',
        )
      ).split('\n');
      expect(Number(uid)).toBeGreaterThan(0);
      expect(capabilities).toMatch(/0{16}$/);
      expect(written).toBe('refused');
      // Tools that describe a container show its environment, so it must not contain passwords.
      expect((await plant.inspect(service, '{{json .Config.Env}}')).join()).not.toMatch(/:\/\/|SECRET=/);
    },
  );

  test('the documented command prints a token that the gateway accepts', async () => {
    const said = await plant.compose(
      'run',
      '--rm',
      '-T',
      '--no-deps',
      'secrets',
      'node',
      'src/token.ts',
      '--tenant',
      'globex',
      '--role',
      'viewer',
    );
    const token = /eyJ\S+/.exec(said)?.[0];
    const { gateway_url } = await plant.ready();
    const answer = await fetch(`${gateway_url}/api/v1/plant-ops/overview`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  }, 60_000);

  const withSodaData = describeWhere(describe, sodaDataIsHere, 'the data of the bottling line is not available');
  withSodaData('26 real batches, each event twice and shuffled', () => {
    test('give exactly the totals of the data, and a line of the overview', async () => {
      const soda = await SodaRun.on(plant);
      expect(await soda.totalsOf(await soda.play('SODA-1', 1))).toEqual(SODA_TOTALS);
      expect((await plant.rest<{ kpis: object }>('GET', '/overview')).body.kpis).toMatchObject({
        total_lines: 1,
        active_lines: 1,
      });
    }, 120_000);
  });

  test('three copies share the work, and a new image replaces them under load: every request is answered, every write exists once', async () => {
    await plant.compose('up', '--detach', '--no-deps', '--scale', 'downtimes=3', 'downtimes');
    plant.env['PLANTOPS_REVISION'] = 'next';
    await plant.compose('build', 'downtimes');
    const { gateway_url, tenants } = await plant.ready();
    const broker = await plant.brokerUrl();
    const load = await EverydayLoad.start([gateway_url], tenants['akron']?.tokens.admin as string, {
      writers: WRITERS,
    });
    await waitFor(
      'all three copies to have answered',
      async () => {
        const each = await requestsOf('downtimes', broker);
        return each.length === 3 && each.every((count) => count > 0);
      },
      60_000,
    );
    const older = await plant.containersOf('downtimes');

    plant.env['PLANTOPS_BUILD'] = 'off';
    expect(await plant.finish('deploy/upgrade', 'downtimes')).toMatchObject({ code: 0 });
    const newer = await plant.containersOf('downtimes');
    expect(newer).toHaveLength(3);
    expect(newer.filter((container) => older.includes(container))).toEqual([]);
    const revisions = await plant.inspect('downtimes', '{{index .Config.Labels "org.opencontainers.image.revision"}}');
    expect(new Set(revisions)).toEqual(new Set(['next']));

    const before = load.written.length;
    await waitFor('the new copies to answer', () => load.written.length > before + 50, 60_000);
    await load.stop();
    const { written } = load;
    expect(load.refused.filter((refusal) => !isShed(refusal))).toEqual([]);
    expect(new Set(written).size).toBe(written.length);
    expect((await load.standing()).stops).toBe(written.length);
    await waitFor('the postings of all stops', async () => (await load.standing()).postings === written.length, 30_000);
  }, 600_000);

  test('every service stops when it is asked to, and the plant starts again with all of its data', async () => {
    const known = (await plant.rest<{ total: number }>('GET', '/downtimes?limit=1')).body.total;
    await plant.compose('stop');
    for (const service of serviceNames)
      expect(await plant.inspect(service, '{{.State.ExitCode}}')).toEqual(
        expect.not.arrayContaining([expect.not.stringMatching('^0$')]),
      );
    await plant.start();
    expect((await plant.rest<{ total: number }>('GET', '/downtimes?limit=1')).body.total).toBe(known);
  }, 300_000);
});

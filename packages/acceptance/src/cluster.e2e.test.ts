/**
 * Three nats-servers with three replicas of every stream: any one of them may be killed at any time, also the leader.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { streamName } from '@plantops/contracts';
import { loadSecrets } from '@plantops/operations';
import { connectionOptions } from '@plantops/service-kit';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { connect, type StreamInfo } from 'nats';
import { PlantUnderTest } from '@plantops/testing/plant';
import { sodaDataIsHere } from './soda-bottling.ts';
import { SODA_TOTALS, SodaRun } from './soda-run.ts';

let plant: PlantUnderTest;
let soda: SodaRun;
beforeAll(async () => {
  if (!sodaDataIsHere) return;
  plant = await PlantUnderTest.create({ PLANTOPS_NATS_SERVERS: '3' });
  await plant.start();
  soda = await SodaRun.on(plant);
}, 120_000);
afterAll(() => plant?.remove());

async function streams(): Promise<StreamInfo[]> {
  const { provisioner } = await loadSecrets(plant.dataDir);
  const { servers } = connectionOptions((await plant.ready()).nats_url);
  const connection = await connect({
    ...(servers ? { servers } : {}),
    user: 'provisioner',
    pass: provisioner,
    inboxPrefix: '_INBOX_provisioner',
  });
  try {
    const manager = await connection.jetstreamManager();
    return await Promise.all(
      [streamName.events, streamName.master, streamName.ingest('akron')].map((stream) => manager.streams.info(stream)),
    );
  } finally {
    await connection.close();
  }
}
const leaderOf = async (stream: string) =>
  (await streams()).find(({ config }) => config.name === stream)?.cluster?.leader as string;

const withSodaData = describeWhere(describe, sodaDataIsHere, 'the data of the bottling line is not available');
withSodaData('26 real batches of a bottling line, each event twice and shuffled', () => {
  test.each([
    ['the events of the services', 'SODA-1', () => leaderOf(streamName.events)],
    ['the line events', 'SODA-2', () => leaderOf(streamName.ingest('akron'))],
  ] as [string, string, () => Promise<string>][])(
    'give exactly the totals of the data while the server that leads %s is killed',
    async (_what, code, leader) => {
      const kill = async () => {
        process.kill(await plant.pidOf(await leader()), 'SIGKILL');
      };
      expect(await soda.totalsOf(await soda.play(code, 1, kill))).toEqual(SODA_TOTALS);
    },
    90_000,
  );

  test('have three replicas again when the killed server is back', async () => {
    await waitFor(
      'every replica to be up to date',
      async () =>
        (await streams()).every(
          ({ cluster }) => cluster?.replicas?.length === 2 && cluster.replicas.every(({ current }) => current),
        ),
      30_000,
    );
  }, 40_000);
});

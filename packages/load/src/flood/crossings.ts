/**
 * The readings of one tenant's sensor swing around its limit, eight megabytes of them at once, while another tenant
 * waits for an alarm now and then: `pnpm flood:crossings`. Prints how long those alarms took from the reading to the
 * live stream. Ends with code 1 when the 99th percentile is more than a second.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@plantops/fixtures';
import { quantile, type PlantUnderTest } from '@plantops/testing/plant';
import { connect, type NatsConnection } from 'nats';
import { addLines, floodPlant, iso, QUIET, say } from './flooded-plant.ts';

const MESSAGES = 150;
const READINGS = 1_000;
const ALARMS = 120;
/** From a reading to its alarm at the client. */
const P99_BOUND_MS = 1_000;
const LIMITS = { low_limit: 0, high_limit: 10 };

async function edgeOf(plant: PlantUnderTest, tenant: string): Promise<NatsConnection> {
  const { nats_url, tenants } = await plant.ready();
  const { edge } = tenants[tenant] as (typeof tenants)[string];
  return connect({ servers: new URL(nats_url).host, user: edge.user, pass: edge.password });
}

async function addSensor(plant: PlantUnderTest, tenant: string): Promise<void> {
  const [line_id] = await addLines(plant, tenant, ['S']);
  const body = { code: 'T', line_id, name: 'Oven', unit: '°C', kind: 'temperature', ...LIMITS };
  const { status } = await plant.rest('POST', '/sensors', body, { tenant });
  if (status !== 201) throw new Error(`the sensor of ${tenant} was not added: ${status}`);
}

const publish = (edge: NatsConnection, tenant: string, readings: object[]) =>
  edge.jetstream().publish(`plantops.readings.${tenant}.S.T`, JSON.stringify({ readings }), { timeout: 20_000 });

/** When each crossing of the tenant arrived in its live stream, by the instant of its reading. */
async function listen(plant: PlantUnderTest, tenant: string, end: AbortSignal): Promise<Map<string, number>> {
  const { gateway_url, tenants } = await plant.ready();
  const seen = new Map<string, number>();
  const response = await fetch(`${gateway_url}/api/v1/plant-ops/stream`, {
    headers: { authorization: `Bearer ${tenants[tenant]?.tokens.viewer}` },
    signal: end,
  });
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + new TextDecoder().decode(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { type = '', data } = line.startsWith('data: {') ? (JSON.parse(line.slice(6)) as Event) : {};
        if (type.startsWith('sensor.limit_') && data) seen.set(data.at, Date.now());
      }
    }
  };
  void read().catch(() => undefined);
  return seen;
}
type Event = { readonly type?: string; readonly data?: { readonly at: string } };

await floodPlant(async (plant) => {
  await Promise.all([addSensor(plant, 'akron'), addSensor(plant, 'globex')]);
  const [loud, quiet] = [await edgeOf(plant, 'akron'), await edgeOf(plant, 'globex')];
  const end = new AbortController();
  const seen = await listen(plant, 'globex', end.signal);

  const flooding = Promise.all(
    Array.from({ length: MESSAGES }, (_, message) =>
      publish(
        loud,
        'akron',
        Array.from({ length: READINGS }, (_none, n) => ({
          at: iso((message * READINGS + n) * 1_000),
          value: n % 2 === 0 ? 50 : 5,
        })),
      ),
    ),
  ).then(() => say(`${MESSAGES} messages with ${READINGS} crossings each are acknowledged`));
  const sent = new Map<string, number>();
  for (let n = 0; n < ALARMS; n += 1) {
    const at = iso(n * 1_000);
    sent.set(at, Date.now());
    await publish(quiet, 'globex', [{ at, value: n % 2 === 0 ? 50 : 5 }]);
    await delay(QUIET.everyMs);
  }
  await flooding;
  await waitFor('the alarms of the quiet tenant', () => seen.size === ALARMS, 120_000);
  const waits = [...sent].map(([at, when]) => (seen.get(at) as number) - when).sort((a, b) => a - b);
  const [median, p99, worst] = [quantile(waits, 0.5), quantile(waits, 0.99), quantile(waits, 1)];
  say(
    `the quiet tenant: ${waits.length} alarms, median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
  );
  end.abort();
  await Promise.all([loud.close(), quiet.close()]);
  return p99 <= P99_BOUND_MS;
});

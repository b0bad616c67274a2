import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPlant, getPlant, getTrial, listPlants, listSensors, Problem } from '@plantops/contracts';
import { aPlant, natsUrlOf, rowId, waitFor } from '@plantops/fixtures';
import { connect as plainly } from 'nats';
import { Bus } from './bus.ts';
import { toHeaders, type Call } from './requests/call.ts';
import { Lifetime } from './process/lifetime.ts';
import { createLogger } from './process/logger.ts';
import { answer } from './requests/serve.ts';

const logger = createLogger('test', 'silent');
const lifetime = new Lifetime(logger);
let gateway: Bus;
let asked = 0;
/** Releases the answer that `listPlants` holds back until its caller has given up. */
let releaseAnswer = () => {};
async function connect(name: 'gateway' | 'production' | 'sensors') {
  const bus = await Bus.connect(name, natsUrlOf(name), logger);
  lifetime.defer(name, () => bus.close());
  return bus;
}
/** A connection as the gateway's user that sends what it is given. */
async function connectPlainly() {
  const url = new URL(natsUrlOf('gateway'));
  const [user, pass] = [url.username, decodeURIComponent(url.password)];
  return plainly({ servers: url.host, user, pass, inboxPrefix: '_INBOX_gateway' });
}
const call = (fields: Partial<Call> = {}): Call => ({
  tenant: 'akron',
  actor: 'Ada Lovelace, naïve ☕',
  roles: ['admin'],
  deadline: Date.now() + 5_000,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ...fields,
});

beforeAll(async () => {
  gateway = await connect('gateway');
  const production = await connect('production');
  lifetime.defer(
    'answers',
    await production.serve('production', [
      answer(getPlant, async ({ id }, { actor, expectedVersion }) => {
        if (id === rowId(500)) throw new TypeError('a mistake in the code');
        return aPlant({ id, name: actor, version: expectedVersion ?? 1 });
      }),
      answer(createPlant, async ({ name }) => {
        asked += 1;
        return aPlant({ name });
      }),
      answer(listPlants, async () => {
        await new Promise<void>((resolve) => (releaseAnswer = resolve));
        return { items: [], next_cursor: null, total: 0, total_is_capped: false };
      }),
    ]),
  );
});
afterAll(() => {
  releaseAnswer();
  return lifetime.close();
});

describe('calling an operation', () => {
  test('the actor, in any script, and the expected version arrive as they were sent', async () => {
    expect(await gateway.call(getPlant, { id: rowId(1) }, call({ expectedVersion: 7 }))).toEqual(
      aPlant({ id: rowId(1), name: 'Ada Lovelace, naïve ☕', version: 7 }),
    );
    expect(await gateway.callRaw(getPlant, JSON.stringify({ id: rowId(1) }), call())).toMatchObject({ version: '1' });
  });

  test.each([
    ['po-actor', '%E0%A4%A'],
    ['po-actor', 'a%00b'],
    ['po-idempotency-key', '%zz'],
    ['po-deadline', 'Infinity'],
    ['po-expected-version', 'abc'],
    ['po-expected-version', '-1'],
  ])('with the header %s: %s is refused at once, and the header is named', async (name, value) => {
    const sender = await connectPlainly();
    const sent = toHeaders(call());
    sent.set(name, value);
    const message = await sender.request(getPlant.subject, '{}', { headers: sent, timeout: 2_000 });
    expect(message.json()).toMatchObject({ code: 'invalid', errors: [{ path: name }] });
    await sender.close();
  });

  test('a handler that throws: the answer is `internal`, and the service goes on answering', async () => {
    await expect(gateway.call(getPlant, { id: rowId(500) }, call())).rejects.toMatchObject({ code: 'internal' });
    await expect(gateway.call(getPlant, { id: rowId(1) }, call())).resolves.toMatchObject({ id: rowId(1) });
  });

  test('no process serves the operation: the caller gets `service_unavailable` long before its deadline', async () => {
    const before = Date.now();
    await expect(gateway.call(getTrial, { id: rowId(1) }, call())).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    expect(Date.now() - before).toBeLessThan(4_000);
  });

  test('no answer in time: the caller gets `outcome_unknown`', async () => {
    await expect(gateway.call(listPlants, {}, call({ deadline: Date.now() + 150 }))).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
  });

  test('a call whose deadline has passed is not sent', async () => {
    const attempt = gateway.call(
      createPlant,
      { code: 'X', name: 'X', timezone: 'UTC' },
      call({ deadline: Date.now() - 1 }),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(asked).toBe(0);
  });

  test('a request that is too large for NATS gets `body_too_large`', async () => {
    const attempt = gateway.callRaw(createPlant, JSON.stringify({ name: 'x'.repeat(1_100_000) }), call());
    await expect(attempt).rejects.toMatchObject({ code: 'body_too_large' });
  });
});

test('copies of a service share its requests: each request is handled once', async () => {
  const handled: number[] = [];
  const list = answer(listSensors, async ({ limit }) => {
    handled.push(limit);
    return { items: [], next_cursor: null, total: 0, total_is_capped: false };
  });
  const buses = [await connect('sensors'), await connect('sensors')];
  const stops = await Promise.all(buses.map((bus) => bus.serve('sensors', [list])));
  const limits = Array.from({ length: 10 }, (_, index) => index + 1);
  for (const limit of limits) await gateway.call(listSensors, { limit }, call());
  // A copy that stops finishes the requests that reached it.
  for (const stop of stops) await stop();
  expect(handled).toEqual(limits);
});

test('a copy without its database leaves all requests to the other copies, and answers again when the database is back', async () => {
  const answeredBy: string[] = [];
  const serve = async (copy: string) => {
    const database = { isThere: true, onChange: (heard: (isThere: boolean) => void) => ((announce = heard), () => {}) };
    let announce: (isThere: boolean) => void = () => {};
    const bus = await connect('sensors');
    const list = answer(listSensors, async () => {
      answeredBy.push(copy);
      if (!database.isThere) throw new Problem('service_unavailable', 'the database cannot be reached');
      return { items: [], next_cursor: null, total: 0, total_is_capped: false };
    });
    lifetime.defer(copy, await bus.serve('sensors', [list], database));
    return (isThere: boolean) => {
      database.isThere = isThere;
      announce(isThere);
    };
  };
  const [first] = [await serve('first'), await serve('second')];
  const ask = () => gateway.call(listSensors, {}, call());
  const both = () => ['first', 'second'].every((copy) => answeredBy.includes(copy));
  await waitFor('both copies to answer', async () => (await ask(), both()));
  first(false);
  // Requests that were on their way to the first copy may still be refused.
  await waitFor('the first copy to stop answering', async () => (await ask().catch(() => undefined)) !== undefined);
  answeredBy.length = 0;
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(new Set(answeredBy)).toEqual(new Set(['second']));
  first(true);
  await waitFor('the first copy to answer again', async () => (await ask(), both()));
});

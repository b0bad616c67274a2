import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { deadLetters, listDeadLetters, replayDeadLetter } from './dead-letters.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await TestDatabase.create();
  database = await own.open();
});
afterAll(() => own.drop());

const message = (seq: number, payload = '{"a":1}', tenant = 'akron') => ({
  subject: `plantops.events.${tenant}.batch.started`,
  payload,
  stream: 'EVENTS',
  seq,
});
const ada = { tenant: 'akron', actor: 'ada' };
const page = { limit: 50, sort: '-parked_at' };
const list = async (more: object = {}, tenant = 'akron') =>
  (await listDeadLetters(database, 'test')({ ...page, ...more }, { ...ada, tenant })).parse();

test('a dead letter is stored once, with its reason, and only its own tenant sees it', async () => {
  await deadLetters(database).store(message(1, 'NUL \0 in it'), new TypeError('a mistake'));
  await deadLetters(database).store(message(1, 'NUL \0 in it'), new TypeError('a mistake'));
  expect((await list()).items).toMatchObject([
    {
      stream: 'EVENTS',
      stream_seq: 1,
      reason: 'TypeError: a mistake',
      payload: 'NUL \uFFFD in it',
      service: 'test',
      replayed_at: null,
    },
  ]);
  expect((await list({}, 'globex')).items).toEqual([]);
});

test('a dead letter with the sequence of another one, in a stream that was created again, is stored too', async () => {
  for (const payload of ['the old one', 'the new one'])
    await deadLetters(database).store(message(7, payload), new Error('no'));
  const { items } = await list();
  expect(
    items
      .filter(({ stream_seq }) => stream_seq === 7)
      .map(({ payload }) => payload)
      .toSorted(),
  ).toEqual(['the new one', 'the old one']);
});

test('a replay applies a dead letter again; when it fails again, the dead letter stays', async () => {
  await deadLetters(database).store(message(2), new Error('not yet'));
  const deadLetter = (await list({ is_replayed: false })).items.find(({ stream_seq }) => stream_seq === 2);
  const id = deadLetter?.id as string;
  const seen: unknown[] = [];
  const failing = replayDeadLetter(database, 'test', { events: () => Promise.reject(new Error('still not')) });
  const working = replayDeadLetter(database, 'test', { events: async (chunk) => void seen.push(...chunk) });
  await expect(failing({ id }, ada)).rejects.toMatchObject({
    code: 'illegal_transition',
    message: 'it failed again: still not',
  });
  expect(await working({ id }, ada)).toMatchObject({ replayed_by: 'ada', replayed_at: expect.any(String) });
  expect(seen).toEqual([{ ...message(2), arrivedAt: deadLetter?.parked_at }]);
  await expect(working({ id }, ada)).rejects.toMatchObject({ code: 'illegal_transition' });
  await expect(working({ id }, { ...ada, idempotencyKey: 'k', fingerprint: 'f' })).rejects.toMatchObject({
    code: 'illegal_transition',
  });
  expect(seen).toHaveLength(1);
  await expect(working({ id }, { ...ada, tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
  expect((await list({ is_replayed: true })).items.map(({ stream_seq }) => stream_seq)).toEqual([2]);
});

test('a replay that the service was too busy for is not stored under its idempotency key: the same key can be tried again', async () => {
  await deadLetters(database).store(message(3), new Error('not yet'));
  const id = (await list({ is_replayed: false })).items.find(({ stream_seq }) => stream_seq === 3)?.id as string;
  let isBusy = true;
  const replay = replayDeadLetter(database, 'test', {
    events: async () => {
      if (isBusy) throw new Problem('service_unavailable', 'busy');
    },
  });
  const keyed = { ...ada, idempotencyKey: 'replay-3', fingerprint: 'f' };
  await expect(replay({ id }, keyed)).rejects.toMatchObject({ code: 'service_unavailable' });
  isBusy = false;
  expect(await replay({ id }, keyed)).toMatchObject({ replayed_by: 'ada' });
  expect(await replay({ id }, keyed)).toMatchObject({ replayed_by: 'ada' });
});

test('the next process knows how often a message was attempted by processes that ended', async () => {
  const letters = deadLetters(database);
  const [deadly, innocent] = [message(90), message(91, '{}', 'globex')];
  expect(await letters.attemptsOf([deadly, innocent])).toEqual([0, 0]);
  await letters.beginAttempt([deadly, innocent]);
  await letters.beginAttempt([deadly]);
  expect(await letters.attemptsOf([innocent, deadly])).toEqual([1, 2]);
  await letters.endAttempt([innocent]);
  expect(await letters.attemptsOf([deadly, innocent])).toEqual([2, 0]);
  await letters.endAttempt([deadly]);
  expect(await letters.attemptsOf([deadly])).toEqual([0]);
});

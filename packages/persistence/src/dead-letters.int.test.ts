import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';
import { listDeadLetters, park, replayDeadLetter } from './dead-letters.ts';

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
const list = (more: object = {}, tenant = 'akron') => listDeadLetters(database, 'test')({ ...page, ...more }, { ...ada, tenant });

test('a message that failed is kept once, with its reason, for its own tenant', async () => {
  await park(database)(message(1, 'NUL \0 in it'), new TypeError('a mistake'));
  await park(database)(message(1, 'NUL \0 in it'), new TypeError('a mistake'));
  expect((await list()).items).toMatchObject([
    { stream: 'EVENTS', stream_seq: 1, reason: 'TypeError: a mistake', payload: 'NUL \uFFFD in it', service: 'test', replayed_at: null },
  ]);
  expect((await list({}, 'globex')).items).toEqual([]);
});

test('a message that has the place of another one, in a stream that was made anew, is kept as well', async () => {
  for (const payload of ['the old one', 'the new one']) await park(database)(message(7, payload), new Error('no'));
  const { items } = await list();
  expect(
    items
      .filter(({ stream_seq }) => stream_seq === 7)
      .map(({ payload }) => payload)
      .toSorted(),
  ).toEqual(['the new one', 'the old one']);
});

test('it is applied once more on request; what fails again stays', async () => {
  await park(database)(message(2), new Error('not yet'));
  const letter = (await list({ is_replayed: false })).items.find(({ stream_seq }) => stream_seq === 2);
  const id = letter?.id as string;
  const seen: unknown[] = [];
  const failing = replayDeadLetter(database, 'test', { events: () => Promise.reject(new Error('still not')) });
  const working = replayDeadLetter(database, 'test', { events: async (batch) => void seen.push(...batch) });
  await expect(failing({ id }, ada)).rejects.toMatchObject({ code: 'illegal_transition', message: 'it failed again: still not' });
  expect(await working({ id }, ada)).toMatchObject({ replayed_by: 'ada', replayed_at: expect.any(String) });
  expect(seen).toEqual([message(2)]);
  await expect(working({ id }, ada)).rejects.toMatchObject({ code: 'illegal_transition' });
  await expect(working({ id }, { ...ada, idempotencyKey: 'k', fingerprint: 'f' })).rejects.toMatchObject({ code: 'illegal_transition' });
  expect(seen).toHaveLength(1);
  await expect(working({ id }, { ...ada, tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
  expect((await list({ is_replayed: true })).items.map(({ stream_seq }) => stream_seq)).toEqual([2]);
});

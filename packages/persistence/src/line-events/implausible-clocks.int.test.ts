import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestSubject } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { listHistory } from '../outbox/history.ts';
import { receiveLineEvents } from './receive-line-events.ts';
import { startReleasing } from './start-releasing.ts';
import { applied, waitKey, type LineEventHandler } from './verdict.ts';
import { countWaiting, discardWaiting, lineClocks, listWaiting, releaseAll, releaseOne } from './waiting-rows.ts';

let fixture: TestDatabase;
let database: Database;
const seen: string[] = [];
const observed: string[] = [];
/** Knows the line L1. Rejects events whose id begins with NO. */
const handler: LineEventHandler = {
  service: 'production',
  lateAfterDays: async () => 35,
  observe: async (_tx, events) => {
    observed.push(...events.map(({ body }) => body.id));
  },
  apply: async (_tx, events) =>
    events.map(({ line, body }) => {
      if (line !== 'L1') return { waitsFor: waitKey.line(line) };
      if (body.id.startsWith('NO')) return { rejected: 'not so' };
      seen.push(body.id);
      return applied();
    }),
};

beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
beforeEach(async () => {
  await fixture.owner.query(
    'truncate line_event, waiting_line_event, known_key, line_event_rejection, outbox, history',
  );
  seen.length = 0;
  observed.length = 0;
});
afterAll(() => fixture.drop());

const NOW = '2026-11-30T12:00:00.000Z';
const MINUTE = 60_000;
const after = (minutes: number) => new Date(Date.parse(NOW) + minutes * MINUTE).toISOString();
const OLD = '2001-01-01T00:00:05.000Z';
const count = (id: string, at: string, { line = 'L1', ...more }: { line?: string; backfill?: boolean } = {}) => ({
  subject: ingestSubject('akron', line, 'count'),
  payload: JSON.stringify({ id, at, good: 1, ...more }),
  arrivedAt: NOW,
});
const receive = (...messages: ReturnType<typeof count>[]) => receiveLineEvents(database, handler, messages, NOW);
const ada = { tenant: 'akron', actor: 'ada' };
const page = { limit: 50, sort: 'since' };
const waiting = async (filters: object = {}) =>
  (await listWaiting(database, 'production')({ ...page, ...filters }, ada)).parse().items;
const idOf = async (eventId: string) => (await waiting({ event_id: eventId }))[0]?.id as string;
const release = async (eventId: string, now = NOW) =>
  releaseOne(database, handler, () => now)({ id: await idOf(eventId) }, ada);
const all = (filters: object, now = NOW) => releaseAll(database, handler, () => now)(filters, ada);
const reasons = async () => (await waiting()).map(({ event_id, reason }) => [event_id, reason]).sort();
/** Releases what can be released at an instant, until the condition holds. */
async function releasing(now: string, what: string, holds: () => boolean) {
  const stop = startReleasing(database, handler, () => now);
  await waitFor(what, async () => holds());
  await stop();
}

describe('an event that is too old', () => {
  test('waits, is listed with what it says, and is applied when it is released', async () => {
    await receive(count('old', OLD), count('now', NOW));
    expect(seen).toEqual(['now']);
    const [row, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      service: 'production',
      line_code: 'L1',
      kind: 'count',
      event_id: 'old',
      reason: 'too_old',
      since: NOW,
      happened_at: OLD,
    });
    expect(JSON.parse(row?.body ?? '')).toEqual({ id: 'old', at: OLD, good: 1 });
    expect(await release('old')).toMatchObject({ event_id: 'old', outcome: 'applied', detail: null });
    expect([seen, await waiting()]).toEqual([['now', 'old'], []]);
  });

  test.each([
    ['the backfill last', [false, false, true]],
    ['the backfill first', [true, false, false]],
    ['the backfill between', [false, true, false]],
  ])('is applied once when it is also sent as a backfill, in any order, apart and together: %s', async (_, order) => {
    const sent = (id: string) => order.map((backfill) => count(id, OLD, { backfill }));
    for (const message of sent('apart')) await receive(message);
    await receive(...sent('together'));
    await receive(...sent('apart'), ...sent('together'));
    expect([seen, await waiting()]).toEqual([['apart', 'together'], []]);
  });

  test('is not released by another event under its id that says backfill', async () => {
    await receive(count('old', OLD));
    await receive(count('old', after(-60 * 24 * 60), { backfill: true }));
    expect([seen, await reasons()]).toEqual([[], [['old', 'too_old']]]);
  });

  test('of an unknown line waits for the line after its release, in the same row; another release says what is missing', async () => {
    await receive(count('old', OLD, { line: 'L9' }));
    const id = await idOf('old');
    expect(await release('old')).toMatchObject({ id, outcome: 'waiting', detail: 'line L9 is not known' });
    expect(await waiting()).toMatchObject([{ id, reason: 'unknown_line', waits_for: 'line:L9', since: NOW }]);
    await expect(release('old')).rejects.toMatchObject({
      code: 'illegal_transition',
      message: expect.stringContaining('line L9 is not known'),
    });
    expect(await idOf('old')).toBe(id);
  });

  test('that cannot be applied becomes a rejection at its release, which the answer says', async () => {
    await receive(count('NO', OLD));
    expect(await release('NO')).toMatchObject({ outcome: 'rejected', detail: 'not so' });
    expect((await fixture.owner.query('select from line_event_rejection')).rowCount).toBe(1);
  });

  test('that is discarded leaves its id used: sent again, also as a backfill, it does nothing', async () => {
    await receive(count('old', OLD));
    const id = await idOf('old');
    const discarded = discardWaiting(database, 'production', () => NOW)({ id, reason: 'clock was reset' }, ada);
    expect(await discarded).toMatchObject({ id, event_id: 'old' });
    await receive(count('old', OLD), count('old', OLD, { backfill: true }));
    expect([seen, await waiting()]).toEqual([[], []]);
    const { items } = await listHistory(database)({ resource: 'waiting', id, ...page, sort: 'time' }, ada);
    expect(items).toMatchObject([{ type: 'waiting.discarded', actor: 'ada', time: NOW }]);
    expect(items[0]?.changes).toContainEqual({ field: 'discard_reason', before: null, after: 'clock was reset' });
  });
});

test('viewers read the history of waiting events, which has no body of one, however it was released or discarded', async () => {
  await receive(count('one', OLD), count('many', OLD), count('dropped', OLD));
  const ids = [await idOf('one'), await idOf('many'), await idOf('dropped')];
  await release('one');
  expect(await all({ event_id: 'many' })).toMatchObject({ released: 1 });
  await discardWaiting(database, 'production', () => NOW)({ id: await idOf('dropped') }, ada);
  const histories = await Promise.all(
    ids.map((id) => listHistory(database)({ resource: 'waiting', id, ...page, sort: 'time' }, ada)),
  );
  const fields = histories.map(({ items }) => items.flatMap(({ changes }) => changes.map(({ field }) => field)));
  for (const named of fields) {
    expect(named).toContain('event_id');
    expect(named).not.toContain('body');
  }
});

describe('an event ahead of the clock', () => {
  test('waits until its time, cannot be released before, and is then applied by itself', async () => {
    await receive(count('early', after(6)));
    expect([seen, await reasons()]).toEqual([[], [['early', 'early']]]);
    await expect(release('early', after(5))).rejects.toMatchObject({
      code: 'illegal_transition',
      message: expect.stringContaining(after(6)),
    });
    await receive(count('next', NOW), count('later', after(7)));
    await releasing(after(6), 'the event to be applied', () => seen.includes('early'));
    expect([seen, await reasons()]).toEqual([['next', 'early'], [['later', 'early']]]);
  });

  test('by more than a day waits for a person, also when its time has come', async () => {
    await receive(count('far', after(25 * 60)), count('early', after(6)));
    await releasing(after(26 * 60), 'the other event to be applied', () => seen.includes('early'));
    expect([seen, await reasons()]).toEqual([['early'], [['far', 'clock_ahead']]]);
    await expect(release('far', after(24 * 60))).rejects.toMatchObject({ code: 'illegal_transition' });
    expect(await release('far', after(25 * 60))).toMatchObject({ outcome: 'applied' });
    expect(seen).toEqual(['early', 'far']);
  });
});

test('a release by filter applies what may be applied of what matches, writes the history, and counts what waits on', async () => {
  await receive(
    count('old', OLD),
    count('older', OLD),
    count('far', after(25 * 60)),
    count('early', after(6)),
    count('lost', NOW, { line: 'L9' }),
    count('other', OLD, { line: 'L8' }),
  );
  const id = await idOf('old');
  expect(await all({ line_code: 'L1' })).toEqual({ released: 2, waiting: 2 });
  await releasing(NOW, 'the released events to be applied', () => seen.length === 2);
  expect([seen.toSorted(), await reasons()]).toEqual([
    ['old', 'older'],
    [
      ['early', 'early'],
      ['far', 'clock_ahead'],
      ['lost', 'unknown_line'],
      ['other', 'too_old'],
    ],
  ]);
  const { items } = await listHistory(database)({ resource: 'waiting', id, ...page, sort: 'time' }, ada);
  expect(items).toMatchObject([{ type: 'waiting.released', actor: 'ada' }]);
  expect(await all({ reason: 'unknown_line' })).toEqual({ released: 0, waiting: 1 });
  expect(await all({}, after(25 * 60))).toEqual({ released: 3, waiting: 1 });
});

test('the list has the rows of its own tenant that match all filters', async () => {
  await receive(count('a', OLD), count('b', OLD, { line: 'L8' }), count('c', NOW, { line: 'L8' }));
  const found = async (filters: object) => (await waiting(filters)).map(({ event_id }) => event_id).sort();
  expect(await found({ line_code: 'L8' })).toEqual(['b', 'c']);
  expect(await found({ line_code: 'L8', reason: 'too_old' })).toEqual(['b']);
  expect(await found({ kind: 'state' })).toEqual([]);
  expect(await found({ kind: 'count', event_id: 'a' })).toEqual(['a']);
  const others = await listWaiting(database, 'production')(page, { ...ada, tenant: 'globex' });
  expect(others.parse().items).toEqual([]);
});

test('what waits is counted by reason, and lines are named whose events are ahead or too old, with the largest offset', async () => {
  await receive(count('a', after(6)), count('b', after(48 * 60)), count('c', OLD), count('d', NOW, { line: 'L8' }));
  const [counts, clocks] = await database.transact('akron', (tx) =>
    Promise.all([countWaiting(tx), lineClocks(tx, 35)]),
  );
  expect(counts).toEqual([
    { reason: 'clock_ahead', count: 1 },
    { reason: 'early', count: 1 },
    { reason: 'too_old', count: 1 },
    { reason: 'unknown_line', count: 1 },
  ]);
  expect(clocks).toEqual([
    { line_code: 'L1', side: 'ahead', events: 2, since: NOW, offset_minutes: 2_880, limit_minutes: 0 },
    {
      line_code: 'L1',
      side: 'behind',
      events: 1,
      since: NOW,
      offset_minutes: Math.round(((Date.parse(NOW) - Date.parse(OLD)) / MINUTE) * 10) / 10,
      limit_minutes: 50_400,
    },
  ]);
});

test('events that wait since the version before are listed, and released as before', async () => {
  await fixture.owner.query(
    `insert into waiting_line_event (tenant_id, event_id, waits_for, event, received_at)
     values ('akron', 'a', 'line:L1', $1, $2)`,
    [{ tenant: 'akron', line: 'L1', kind: 'count', body: { id: 'a', at: NOW, good: 1 } }, NOW],
  );
  expect(await waiting()).toMatchObject([
    { line_code: 'L1', kind: 'count', reason: 'unknown_line', happened_at: null },
  ]);
  expect(await release('a')).toMatchObject({ outcome: 'applied' });
  expect(seen).toEqual(['a']);
});

describe('events are observed', () => {
  const state = (id: string, at: string, more: object = {}) => ({
    subject: ingestSubject('akron', 'L1', 'state'),
    payload: JSON.stringify({ id, at, state: 'running', ...more }),
    arrivedAt: NOW,
  });
  const sorted = () => observed.splice(0).sort();

  test('once when they come, of all kinds, also those that another service applies; not sent again', async () => {
    await receive(count('own', NOW), state('other', NOW));
    expect(sorted()).toEqual(['other', 'own']);
    await receive(count('own', NOW), state('other', NOW));
    expect([sorted(), seen]).toEqual([[], ['own']]);
  });

  test('when their clock is plausible, or sent again as a backfill; early ones of other services at once', async () => {
    await receive(count('own', OLD), state('other', OLD), count('early', after(6)), state('soon', after(6)));
    await receive(state('far', after(48 * 60)));
    expect(sorted()).toEqual(['soon']);
    await receive(count('own', OLD, { backfill: true }), state('other', OLD, { backfill: true }));
    expect(sorted()).toEqual(['other', 'own']);
    await releasing(after(6), 'the early event to be applied', () => seen.includes('early'));
    expect(sorted()).toEqual(['early']);
  });

  test('that a person releases, too', async () => {
    await receive(count('old', OLD));
    await release('old');
    expect([sorted(), seen]).toEqual([['old'], ['old']]);
  });
});

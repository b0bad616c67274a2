import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestSubject } from '@plantops/contracts';
import { at, waitFor } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { releaseWaiting } from './apply-line-events.ts';
import { receiveLineEvents } from './receive-line-events.ts';
import { applied, lockLineEvents, waitKey, type ApplyLineEvents, type LineEventHandler } from './verdict.ts';
import { startReleasing } from './start-releasing.ts';
import { waitingLineEvents } from './waiting-line-events.ts';
import { expireWaiting } from './waiting-room.ts';

let fixture: TestDatabase;
let database: Database;
const known = new Set<string>();
const seen: string[] = [];
/** Knows some lines and records the ids that it applies. Rejects events whose id begins with NO. */
const apply: ApplyLineEvents = async (_tx, events) =>
  events.map(({ line, body }) => {
    if (!known.has(line)) return { waitsFor: waitKey.line(line) };
    if (body.id.startsWith('NO')) return { rejected: 'not so' };
    seen.push(body.id);
    return applied();
  });
const lateAfterDays = async () => 35;
const handler = { service: 'production', apply, lateAfterDays, mostWaiting: 3 } as const;

beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
beforeEach(async () => {
  await fixture.owner.query('truncate line_event, waiting_line_event, known_key, line_event_rejection, outbox');
  known.clear();
  seen.length = 0;
});
afterAll(() => fixture.drop());

const count = (id: string, good = 1) => JSON.stringify({ id, at: at('08:00'), good });
const message = (payload: string, line = 'L1', tenant = 'akron', arrivedAt = at('09:00')) => ({
  subject: ingestSubject(tenant, line, 'count'),
  payload,
  arrivedAt,
});
const receive = (
  messages: readonly ReturnType<typeof message>[],
  now = at('09:00'),
  by: Parameters<typeof receiveLineEvents>[1] = handler,
) => receiveLineEvents(database, by, messages, now);
function release(line: string, now = at('10:00')) {
  known.add(line);
  return database.transact('akron', (tx) => releaseWaiting(tx, handler, [waitKey.line(line)], now));
}
/** Waits until all waiting events of known lines are applied. */
async function released(by: LineEventHandler = handler) {
  const stop = startReleasing(database, by, () => at('10:00'));
  await waitFor(
    'waiting events to be applied',
    async () => (await fixture.owner.query('select from known_key')).rowCount === 0,
    20_000,
  );
  await stop();
}
const waiting = async () =>
  (
    await fixture.owner.query<{ event_id: string }>('select event_id from waiting_line_event order by event_id')
  ).rows.map(({ event_id }) => event_id);
const rejected = async () =>
  (
    await fixture.owner.query<{ event_id: string; reason: string }>(
      'select event_id, reason from line_event_rejection order by event_id',
    )
  ).rows;

describe('line events of an unknown line', () => {
  test('wait, and are applied once when the line becomes known', async () => {
    await receive([message(count('a')), message(count('b'))]);
    await receive([message(count('a'))]);
    expect([await waiting(), seen]).toEqual([['a', 'b'], []]);
    await release('L1');
    await release('L1');
    expect([await waiting(), seen.sort()]).toEqual([[], ['a', 'b']]);
  });

  test('wait up to the limit of their tenant; the next is rejected, and can be sent again after others were applied', async () => {
    await receive([message(count('a')), message(count('b'))]);
    await receive([message(count('c')), message(count('d')), message(count('other'), 'L1', 'globex')]);
    expect(await waiting()).toEqual(['a', 'b', 'c', 'other']);
    expect(await rejected()).toEqual([
      { event_id: 'd', reason: expect.stringMatching(/^line L1 is not known and 3 events wait/) },
    ]);
    await release('L1');
    await receive([message(count('d'))]);
    expect(seen.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are all applied, however many wait: 500 together with the line, the rest in chunks later', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => message(count(`e${n}`)));
    await receive(many, at('09:00'), { service: 'production', apply, lateAfterDays });
    expect(await waiting()).toHaveLength(1_100);
    await release('L1');
    expect(seen).toHaveLength(500);
    await released();
    expect([new Set(seen).size, seen.length, await waiting()]).toEqual([1_100, 1_100, []]);
  });

  test('are applied after a transaction that holds the lock of the tenant’s line events; storing the line does not wait for that lock', async () => {
    await receive([message(count('a'))]);
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const other = database.transact('akron', async (tx) => {
      await lockLineEvents(tx);
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    await release('L1');
    expect(seen).toEqual([]);
    end.resolve();
    await other;
    await released();
    expect([seen, await waiting()]).toEqual([['a'], []]);
  });

  test('are applied except one that fails, which is rejected in the end', async () => {
    const careful: LineEventHandler = {
      ...handler,
      mostWaiting: 1_000,
      apply: async (tx, events, now) => {
        if (known.size > 0 && events.some(({ body }) => body.id === 'e250'))
          throw new TypeError('a bug in the service');
        return apply(tx, events, now);
      },
    };
    await receive(
      Array.from({ length: 600 }, (_, n) => message(count(`e${String(n).padStart(3, '0')}`))),
      at('09:00'),
      careful,
    );
    known.add('L1');
    await fixture.owner.query("insert into known_key (tenant_id, key) values ('akron', 'line:L1')");
    await released(careful);
    expect([new Set(seen).size, await waiting()]).toEqual([599, []]);
    expect(await rejected()).toEqual([{ event_id: 'e250', reason: expect.stringMatching(/could not be applied/) }]);
  });

  test('are rejected after 30 days, not before', async () => {
    await receive([message(count('old'))], at('2026-03-02T09:00:00Z'));
    await receive([message(count('new'))], at('2026-03-02T09:00:01Z'));
    await expireWaiting(database, waitingLineEvents(handler), at('2026-04-01T09:00:00Z'));
    expect(await waiting()).toEqual(['new', 'old']);
    await expireWaiting(database, waitingLineEvents(handler), at('2026-04-01T09:00:01Z'));
    expect([await waiting(), await rejected()]).toEqual([
      ['new'],
      [{ event_id: 'old', reason: expect.stringMatching(/line L1 .* 30 days/) }],
    ]);
  });
});

describe('an id', () => {
  beforeEach(() => void known.add('L1'));

  test('is applied once, also when it is twice in a chunk and again later', async () => {
    await receive([message(count('a')), message(count('a'))]);
    await receive([message(count('a'))]);
    expect([seen, await rejected()]).toEqual([['a'], []]);
  });

  test('may be used by two tenants independently', async () => {
    await receive([message(count('a')), message(count('a', 2), 'L1', 'globex')]);
    expect(seen).toEqual(['a', 'a']);
  });

  test('that two copies receive at once is applied once', async () => {
    const other = await fixture.open();
    const chunk = Array.from({ length: 30 }, (_, n) => message(count(`e${n}`)));
    await Promise.all([
      receive(chunk),
      receiveLineEvents(other, handler, chunk.toReversed(), at('09:00')),
      receive(chunk),
    ]);
    expect([new Set(seen).size, seen.length]).toEqual([30, 30]);
  });

  test('two messages that begin alike are two rejections', async () => {
    const long = (end: string) => message(`{"broken": "${'x'.repeat(5_000)}${end}`);
    await receive([long('a'), long('b'), long('b')], at('09:00'));
    expect(await rejected()).toHaveLength(2);
  });

  test('that was rejected may be used again; its rejection is listed once and published once', async () => {
    for (let n = 0; n < 3; n += 1) await receive([message(count('NO'))]);
    expect(await rejected()).toEqual([{ event_id: 'NO', reason: 'not so' }]);
    expect(
      (await fixture.owner.query("select from outbox where subject = 'plantops.rejected.akron.L1'")).rowCount,
    ).toBe(1);
    expect((await fixture.owner.query('select from line_event')).rowCount).toBe(0);
  });

  test('of a chunk that fails is not stored: nothing of the chunk is committed', async () => {
    const failing = {
      service: 'production',
      lateAfterDays,
      apply: async () => Promise.reject(new Error('broken')),
    } as const;
    await expect(receive([message(count('a')), message('{')], at('09:00'), failing)).rejects.toThrow('broken');
    expect([(await fixture.owner.query('select from line_event')).rowCount, await rejected()]).toEqual([0, []]);
    await receive([message(count('a'))]);
    expect(seen).toEqual(['a']);
  });
});

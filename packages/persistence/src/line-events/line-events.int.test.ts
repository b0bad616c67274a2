import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestSubject } from '@plantops/contracts';
import { at, waitFor } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { releaseWaiting } from './apply-line-events.ts';
import { expireWaiting } from './expire-waiting.ts';
import { receiveLineEvents } from './receive-line-events.ts';
import { applied, lockLineEvents, waitKey, type ApplyLineEvents, type LineEventHandler } from './verdict.ts';
import { startReleasing } from './start-releasing.ts';

let fixture: TestDatabase;
let database: Database;
const known = new Set<string>();
const seen: string[] = [];
/** A handler that knows some lines and notes what it applies; NO is an event that its rules refuse. */
const apply: ApplyLineEvents = async (_tx, events) =>
  events.map(({ line, body }) => {
    if (!known.has(line)) return { waitsFor: waitKey.line(line) };
    if (body.id.startsWith('NO')) return { rejected: 'not so' };
    seen.push(body.id);
    return applied();
  });
const handler = { service: 'production', apply, mostWaiting: 3 } as const;

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
const message = (payload: string, line = 'L1', tenant = 'akron') => ({ subject: ingestSubject(tenant, line, 'count'), payload });
const receive = (
  messages: readonly { subject: string; payload: string }[],
  now = at('09:00'),
  by: Parameters<typeof receiveLineEvents>[1] = handler,
) => receiveLineEvents(database, by, messages, now);
const release = (line: string, now = at('10:00')) => {
  known.add(line);
  return database.transact('akron', (tx) => releaseWaiting(tx, handler, [waitKey.line(line)], now));
};
/** Until nothing waits any more for what is known. */
const released = async (by: LineEventHandler = handler) => {
  const stop = startReleasing(database, by, () => at('10:00'));
  await waitFor('nothing to wait', async () => (await fixture.owner.query('select from known_key')).rowCount === 0, 20_000);
  await stop();
};
const waiting = async () =>
  (await fixture.owner.query<{ event_id: string }>('select event_id from waiting_line_event order by event_id')).rows.map(
    ({ event_id }) => event_id,
  );
const rejected = async () =>
  (await fixture.owner.query<{ event_id: string; reason: string }>('select event_id, reason from line_event_rejection order by event_id'))
    .rows;

describe('events of what is not known yet', () => {
  test('wait, and are applied once when it becomes known', async () => {
    await receive([message(count('a')), message(count('b'))]);
    await receive([message(count('a'))]);
    expect([await waiting(), seen]).toEqual([['a', 'b'], []]);
    await release('L1');
    await release('L1');
    expect([await waiting(), seen.sort()]).toEqual([[], ['a', 'b']]);
  });

  test('wait up to the limit of their tenant; the next is rejected, and can be sent again when there is room', async () => {
    await receive([message(count('a')), message(count('b'))]);
    await receive([message(count('c')), message(count('d')), message(count('other'), 'L1', 'globex')]);
    expect(await waiting()).toEqual(['a', 'b', 'c', 'other']);
    expect(await rejected()).toEqual([{ event_id: 'd', reason: expect.stringMatching(/^line:L1 is not known and 3 events wait/) }]);
    await release('L1');
    await receive([message(count('d'))]);
    expect(seen.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are released however many they are: some at once, the rest in bites, and whoever learned of it waits for none of that', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => message(count(`e${n}`)));
    await receive(many, at('09:00'), { service: 'production', apply });
    expect(await waiting()).toHaveLength(1_100);
    await release('L1');
    expect(seen).toHaveLength(500);
    await released();
    expect([new Set(seen).size, seen.length, await waiting()]).toEqual([1_100, 1_100, []]);
  });

  test('are released after whoever is at the tenant’s line events just now, who may be about to let one more wait; learning of the line waits for nobody', async () => {
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

  test('one of them that cannot be applied is rejected by and by; those before and behind it are applied', async () => {
    const careful: LineEventHandler = {
      ...handler,
      mostWaiting: 1_000,
      apply: async (tx, events, now) => {
        if (known.size > 0 && events.some(({ body }) => body.id === 'e250')) throw new TypeError('a mistake of ours');
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

  test('are rejected after 30 days and not before', async () => {
    await receive([message(count('old'))], at('2026-03-02T09:00:00Z'));
    await receive([message(count('new'))], at('2026-03-02T09:00:01Z'));
    await expireWaiting(database, handler, at('2026-04-01T09:00:00Z'));
    expect(await waiting()).toEqual(['new', 'old']);
    await expireWaiting(database, handler, at('2026-04-01T09:00:01Z'));
    expect([await waiting(), await rejected()]).toEqual([
      ['new'],
      [{ event_id: 'old', reason: expect.stringMatching(/line:L1 .* 30 days/) }],
    ]);
  });
});

describe('an id', () => {
  beforeEach(() => void known.add('L1'));

  test('is applied once in a batch and for ever', async () => {
    await receive([message(count('a')), message(count('a'))]);
    await receive([message(count('a'))]);
    expect([seen, await rejected()]).toEqual([['a'], []]);
  });

  test('is the same for two tenants without them meeting', async () => {
    await receive([message(count('a')), message(count('a', 2), 'L1', 'globex')]);
    expect(seen).toEqual(['a', 'a']);
  });

  test('that two copies receive at once is applied once', async () => {
    const other = await fixture.open();
    const batch = Array.from({ length: 30 }, (_, n) => message(count(`e${n}`)));
    await Promise.all([receive(batch), receiveLineEvents(other, handler, batch.toReversed(), at('09:00')), receive(batch)]);
    expect([new Set(seen).size, seen.length]).toEqual([30, 30]);
  });

  test('that the rules refused is free again; one refusal is listed and told once', async () => {
    for (let n = 0; n < 3; n += 1) await receive([message(count('NO'))]);
    expect(await rejected()).toEqual([{ event_id: 'NO', reason: 'not so' }]);
    expect((await fixture.owner.query("select from outbox where subject = 'plantops.rejected.akron.L1'")).rowCount).toBe(1);
    expect((await fixture.owner.query('select from line_event')).rowCount).toBe(0);
  });

  test('of a message that fails is not taken: nothing of its batch is committed', async () => {
    const failing = { service: 'production', apply: async () => Promise.reject(new Error('broken')) } as const;
    await expect(receive([message(count('a')), message('{')], at('09:00'), failing)).rejects.toThrow('broken');
    expect([(await fixture.owner.query('select from line_event')).rowCount, await rejected()]).toEqual([0, []]);
    await receive([message(count('a'))]);
    expect(seen).toEqual(['a']);
  });
});

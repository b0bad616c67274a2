import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { NatsFixture, TENANT } from '../nats-fixture.ts';
import { publishEvents } from './publish-events.ts';

/** The first run may have to download the server. */
jest.setTimeout(120_000);

let nats: NatsFixture;
let run = 0;
beforeAll(async () => {
  nats = await NatsFixture.start();
});
afterAll(() => nats.stop());
beforeEach(() => {
  run += 1;
});

const count = (n: number, more: object = {}) => ({
  line: 'FILL-1',
  kind: 'count',
  id: `${run}-${n}`,
  at: '2026-11-22T08:00:00Z',
  good: n,
  ...more,
});
const many = (length: number) => Array.from({ length }, (_, n) => count(n));
const text = (lines: readonly unknown[]) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

/** Runs the command. Returns its exit code and its output. */
async function publish(
  input: Readable | readonly unknown[],
  options: { user?: string; args?: string[]; env?: NodeJS.ProcessEnv; patienceMs?: number } = {},
) {
  let [said, warned] = ['', ''];
  const stdin = input instanceof Readable ? input : Readable.from([Buffer.from(text(input))]);
  const [user, password] = options.user === 'stranger' ? (['stranger', 's'] as const) : (['edge', 'e'] as const);
  const code = await publishEvents(
    options.args ?? ['-', '--tenant', TENANT, '--nats-url', nats.url, '--user', user, '--password', password],
    {
      env: options.env ?? {},
      stdin,
      patienceMs: options.patienceMs,
      stdout: { write: (part: string) => (said += part) },
      stderr: { write: (part: string) => (warned += part) },
    },
  );
  return { code, said, warned };
}
/** The ids of the stored events: the message id begins with them. */
const storedIds = async () =>
  (await nats.stored())
    .map(({ header }) => header.get('Nats-Msg-Id').split(':')[0] ?? '')
    .filter((id) => id.startsWith(`${run}-`));

describe('publish-events', () => {
  test('stores each event with its own id and an unchanged body', async () => {
    expect(await publish([count(1, { note: 'é', nested: { deep: [1] } }), count(2)])).toEqual({
      code: 0,
      said: '2 stored, 0 rejected\n',
      warned: '',
    });
    expect(await storedIds()).toEqual([`${run}-1`, `${run}-2`]);
    const first = (await nats.stored()).at(-2);
    expect(first?.subject).toBe(`plantops.ingest.${TENANT}.FILL-1.count`);
    expect(first?.json()).toEqual({
      id: `${run}-1`,
      at: '2026-11-22T08:00:00Z',
      good: 1,
      note: 'é',
      nested: { deep: [1] },
    });
  });

  test('stores a corrected event with the same id: the broker drops only events with the same id and content', async () => {
    await publish([count(1)]);
    expect((await publish([{ ...count(1), good: 7 }])).said).toBe('1 stored, 0 rejected\n');
    expect(await storedIds()).toEqual([`${run}-1`, `${run}-1`]);
  });

  test('finds the plant by its ready.json; the error says what to do when the file or the tenant does not exist', async () => {
    const ready = {
      gateway_url: 'http://localhost',
      nats_url: nats.url,
      tenants: { [TENANT]: { tokens: {}, edge: { user: 'edge', password: 'e' } } },
    };
    await writeFile(join(nats.dir, 'ready.json'), JSON.stringify(ready));
    await writeFile(join(nats.dir, 'events.ndjson'), text([count(1)]));
    const asked = (tenant: string, dir: string) =>
      publish([], { args: [join(nats.dir, 'events.ndjson'), '--tenant', tenant], env: { PLANTOPS_DATA_DIR: dir } });
    expect(await asked(TENANT, nats.dir)).toMatchObject({ code: 0, said: '1 stored, 0 rejected\n' });
    expect(await asked('globex', nats.dir)).toMatchObject({
      code: 1,
      warned: expect.stringContaining(`no tenant "globex". Its tenants: ${TENANT}`),
    });
    expect(await asked(TENANT, join(nats.dir, 'nowhere'))).toMatchObject({
      code: 1,
      warned: expect.stringContaining('is the plant running?'),
    });
  });

  test('reports how many events the broker had already', async () => {
    await publish(many(10));
    expect(await publish(many(15))).toMatchObject({
      code: 0,
      said: '15 stored (10 of them the broker had already), 0 rejected\n',
    });
    expect(await storedIds()).toHaveLength(15);
  });

  test('reports each line that cannot be sent, and sends the others', async () => {
    const lines = [
      '{"line":',
      count(1),
      { kind: 'count', id: 'x' },
      { line: 'a b', kind: 'count', id: 'x' },
      { line: 'L', id: 'x' },
      { line: 'L', kind: 'count' },
      '',
      count(2),
    ];
    const { code, said } = await publish(lines);
    expect(code).toBe(1);
    expect(said).toMatch(
      /line 1 is not JSON[^]*line 3 has no "line"[^]*line 4 "line" must[^]*line 5 has no "kind"[^]*line 6 "id" must[^]*\n2 stored, 5 rejected\n$/,
    );
  });

  test('reports why the broker refuses a message: too large for its stream, or for the server', async () => {
    const { code, said } = await publish([
      count(1, { note: 'x'.repeat(70_000) }),
      count(2, { note: 'x'.repeat(1_100_000) }),
      count(3),
    ]);
    expect(code).toBe(1);
    expect(said).toContain(`line 1, event ${run}-1: the broker refuses it: message size exceeds maximum allowed`);
    expect(said).toContain(
      `line 2, event ${run}-2: it is larger than the largest message that the NATS server accepts`,
    );
    expect(said).toMatch(/\n1 stored, 2 rejected\n$/);
  });

  test('reports each rejection of its own events once, and no others', async () => {
    const answer = (event_id: string) =>
      nats.plant.publish(
        `plantops.rejected.${TENANT}.FILL-1`,
        JSON.stringify({
          id: 'r',
          line_code: 'FILL-1',
          kind: 'count',
          event_id,
          reason: 'good: must be at least 0 units',
          rejected_at: '',
        }),
      );
    const rejecting = nats.plant.subscribe(`plantops.ingest.${TENANT}.>`, {
      callback: (_, message) => {
        const { id, good } = message.json<{ id: string; good: number }>();
        if (good < 0) [id, id, 'of another publisher'].forEach(answer);
      },
    });
    const { code, said } = await publish([count(1), count(2, { good: -1 }), count(3)]);
    rejecting.unsubscribe();
    expect({ code, said }).toEqual({
      code: 1,
      said: `rejected: event ${run}-2 (count on FILL-1): good: must be at least 0 units\n2 stored, 1 rejected\n`,
    });
  });

  test('reports that the user may not publish on the subject', async () => {
    const { code, said, warned } = await publish(many(3), { user: 'stranger' });
    expect(code).toBe(1);
    expect(said).toMatch(
      /^0 stored, 0 rejected, 3 not stored\nStopped after line 3: This NATS user may not publish on plantops\.ingest\.akron\.FILL-1\.count: use the edge user/,
    );
    expect(warned).toContain('may not subscribe to plantops.rejected.akron.>');
  });

  test('gives up when nothing is acknowledged, and reports how many events are not stored', async () => {
    // The stranger may publish on this subject, but no stream stores it.
    const args = ['-', '--tenant', 'globex', '--nats-url', nats.url, '--user', 'stranger', '--password', 's'];
    const { code, said } = await publish(many(2), { args, patienceMs: 600 });
    expect(code).toBe(1);
    expect(said).toMatch(
      /^0 stored, 0 rejected, 2 not stored\nStopped after line 2: nothing was acknowledged for 0.6 s \(no stream stores this subject/,
    );
  });

  test('loses no event and stores no event twice when nats-server is killed meanwhile', async () => {
    const events = 3_000;
    const input = new PassThrough();
    const before = await lastSeq();
    const publishing = publish(input);
    // The other lines follow while the server is gone and after it is back.
    input.write(`${text(many(events).slice(0, 1_000))}\n`);
    await storedBeyond(before + 100);
    const restarted = nats.kill().then(() => nats.restart());
    input.write(`${text(many(events).slice(1_000, 2_000))}\n`);
    await restarted;
    input.end(text(many(events).slice(2_000)));
    expect(await publishing).toMatchObject({ code: 0, said: `${events} stored, 0 rejected\n` });
    const ids = await storedIds();
    expect(ids).toHaveLength(events);
    expect(new Set(ids)).toEqual(new Set(many(events).map(({ id }) => id)));
  });
});

const lastSeq = async () =>
  (await (await nats.plant.jetstreamManager()).streams.info(`INGEST_${TENANT}`)).state.last_seq;
async function storedBeyond(seq: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  while ((await lastSeq()) < seq && performance.now() < deadline);
}

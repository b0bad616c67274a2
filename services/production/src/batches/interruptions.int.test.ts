import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchAmended,
  batchPaused,
  batchResumed,
  cancelBatch,
  completeBatch,
  createLine,
  createPlant,
  createProduct,
  getBatch,
  listBatches,
  logCount,
  MOST_BATCH_RUNS,
  MOST_BATCH_WORDS,
  MOST_LINE_WORDS,
  pauseBatch,
  planBatch,
  rejectionsOf,
  resumeBatch,
  startBatch,
  updateBatch,
  voidCount,
  type BatchRow,
} from '@plantops/contracts';
import { at, ServiceHarness, twiceShuffled } from '@plantops/testing';
import fc from 'fast-check';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';
import { outcomesOf, type Course } from './runs.rules.ts';

const SEED = Number(process.env['PLANTOPS_PROPERTY_SEED'] ?? 20_261_130);
const PORTIONS = 12;
const LINES = Number(process.env['PLANTOPS_PROPERTY_PLANTS'] ?? 40);

let production: ServiceHarness;
let plant_id: string;
let lines = 0;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plant_id = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
});
afterAll(() => production.close());

const aLine = async () => {
  const code = `L${(lines += 1)}`;
  const { id } = await production.call(createLine, {
    code,
    plant_id,
    name: code,
    hourly_cost: 300,
    ideal_cycle_seconds: 30,
  });
  return { code, id };
};
const planned = (line_id: string, batch_number: string) => production.call(planBatch, { batch_number, line_id });
const started = async (line_id: string, batch_number: string, from: string, more: object = {}) =>
  production.call(startBatch, { id: (await planned(line_id, batch_number)).id, started_at: at(from), ...more });
const read = (id: string) => production.call(getBatch, { id });
const runs = (...times: [string, string | null][]) =>
  times.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));

describe('people', () => {
  test('a start over a running batch is refused and names it, unless it interrupts: then that one goes on after it', async () => {
    const line = await aLine();
    const a = await started(line.id, 'A', '06:00');
    const b = await planned(line.id, 'B');
    await expect(production.call(startBatch, { id: b.id, started_at: at('07:00') })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringMatching(new RegExp(`^batch A \\(${a.id}, running\\).*interrupt: true`)),
    });
    await production.call(startBatch, { id: b.id, started_at: at('07:00'), interrupt: true });
    expect(await read(a.id)).toMatchObject({
      status: 'running',
      interrupted: true,
      runs: runs(['06:00', '07:00']),
      version: a.version + 1,
    });
    expect((await production.announced(batchAmended.type)).at(-1)?.data).toEqual(await read(a.id));
    await production.call(completeBatch, { id: b.id, completed_at: at('07:30') });
    expect(await read(a.id)).toMatchObject({ interrupted: false, runs: runs(['06:00', '07:00'], ['07:30', null]) });
    await production.call(cancelBatch, { id: a.id, cancelled_at: at('10:00'), reason: 'wrong recipe' });
    expect(await read(a.id)).toMatchObject({
      status: 'cancelled',
      runs: runs(['06:00', '07:00'], ['07:30', '10:00']),
    });
  });

  test('a batch is paused and resumed, each is announced; over another one it is resumed only to interrupt it', async () => {
    const line = await aLine();
    const { id } = await started(line.id, 'A', '06:00');
    const paused = await production.call(pauseBatch, { id, paused_at: at('07:00') });
    expect(paused).toMatchObject({ status: 'paused', interrupted: false, runs: runs(['06:00', '07:00']) });
    expect((await production.announced(batchPaused.type)).at(-1)?.data).toEqual(paused);
    const b = await started(line.id, 'B', '08:00');
    await expect(production.call(resumeBatch, { id, resumed_at: at('09:00') })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringContaining(b.id),
    });
    const resumed = await production.call(resumeBatch, { id, resumed_at: at('09:00'), interrupt: true });
    expect(resumed).toMatchObject({ status: 'running', runs: runs(['06:00', '07:00'], ['09:00', null]) });
    expect((await production.announced(batchResumed.type)).at(-1)?.data).toEqual(resumed);
    expect(await read(b.id)).toMatchObject({ interrupted: true, runs: runs(['08:00', '09:00']) });
    await production.call(pauseBatch, { id, paused_at: at('10:00') });
    await production.call(completeBatch, { id, completed_at: at('10:30') });
    expect(await read(id)).toMatchObject({ status: 'completed', completed_at: at('10:30') });
    expect(await read(b.id)).toMatchObject({ runs: runs(['08:00', '09:00'], ['10:00', null]) });
  });

  test('what its status does not allow is refused and changes nothing', async () => {
    const line = await aLine();
    const plan = await planned(line.id, 'A');
    const { id } = plan;
    const refused = (attempt: Promise<unknown>, problem: object) => expect(attempt).rejects.toMatchObject(problem);
    const illegal = { code: 'illegal_transition' };
    await refused(production.call(pauseBatch, { id }), illegal);
    await refused(production.call(resumeBatch, { id }), illegal);
    expect(await read(id)).toEqual(plan);
    const running = await production.call(startBatch, { id, started_at: at('06:00') });
    await refused(production.call(resumeBatch, { id }), {
      ...illegal,
      message: expect.stringMatching(/the line already/),
    });
    await refused(production.call(pauseBatch, { id, paused_at: at('06:00') }), { errors: [{ path: 'paused_at' }] });
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    await refused(production.call(pauseBatch, { id, paused_at: ahead }), { errors: [{ path: 'paused_at' }] });
    expect(await read(id)).toEqual(running);
    await production.call(pauseBatch, { id, paused_at: at('07:00') });
    await refused(production.call(pauseBatch, { id, paused_at: at('08:00') }), illegal);
    await refused(production.call(resumeBatch, { id, resumed_at: at('05:00') }), { errors: [{ path: 'resumed_at' }] });
    const completed = await production.call(completeBatch, { id, completed_at: at('09:00') });
    await refused(production.call(resumeBatch, { id, resumed_at: at('08:00') }), illegal);
    expect(await read(id)).toEqual(completed);
  });

  test('times of a batch that another one interrupted are corrected; into the time of another one they are not', async () => {
    const line = await aLine();
    const a = await started(line.id, 'A', '06:00');
    const b = await started(line.id, 'B', '07:00', { interrupt: true });
    await production.call(completeBatch, { id: b.id, completed_at: at('07:30') });
    await production.call(completeBatch, { id: a.id, completed_at: at('10:00') });
    await started(line.id, 'C', '10:30');
    await production.call(updateBatch, { id: a.id, started_at: at('05:30'), completed_at: at('10:15') });
    expect(await read(a.id)).toMatchObject({ runs: runs(['05:30', '07:00'], ['07:30', '10:15']) });
    await expect(production.call(updateBatch, { id: a.id, completed_at: at('11:00') })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringMatching(/^batch C /),
    });
    await production.call(updateBatch, { id: b.id, completed_at: at('07:15') });
    expect(await read(a.id)).toMatchObject({ runs: runs(['05:30', '07:00'], ['07:15', '10:15']) });
  });
});

describe('a batch that nobody ended', () => {
  test('ends with the last count of its own that is not voided, whenever that comes', async () => {
    const line = await aLine();
    const a = await started(line.id, 'A', '06:00');
    const b = await started(line.id, 'B', '07:00', { interrupt: true });
    await production.call(completeBatch, { id: b.id, completed_at: at('07:30') });
    await started(line.id, 'C', '12:00', { interrupt: true });
    expect(await read(a.id)).toMatchObject({ cut_at: at('07:00'), interrupted: false, runs: runs(['06:00', '07:00']) });
    await expect(production.call(pauseBatch, { id: a.id, paused_at: at('12:30') })).rejects.toMatchObject({
      code: 'illegal_transition',
      message: expect.stringMatching(/ended at .*: resume or complete it$/),
    });
    await production.publish(line.code, 'count', { id: `${line.code}-1`, at: at('08:00'), good: 1, batch_number: 'A' });
    await production.settled();
    const untilEight = { cut_at: at('08:00'), runs: runs(['06:00', '07:00'], ['07:30', '08:00']) };
    expect(await read(a.id)).toMatchObject(untilEight);
    const { id: count_id } = await production.call(logCount, { id: a.id, at: at('09:00'), good: 1 });
    expect(await read(a.id)).toMatchObject({ cut_at: at('09:00') });
    await production.call(voidCount, { id: a.id, count_id, reason: 'of another batch' });
    expect(await read(a.id)).toMatchObject(untilEight);
    const total = { id: `${line.code}-2`, counter: 'good', batch_number: 'A' };
    await production.publish(line.code, 'counter', { ...total, at: at('08:00'), total: 5 });
    await production.publish(line.code, 'counter', { ...total, id: `${line.code}-3`, at: at('08:30'), total: 9 });
    await production.settled();
    expect(await read(a.id)).toMatchObject({ cut_at: at('08:30') });
    await production.call(completeBatch, { id: a.id, completed_at: at('11:00') });
    expect(await read(a.id)).toMatchObject({ cut_at: null, runs: runs(['06:00', '07:00'], ['07:30', '11:00']) });
  });
});

describe('line events', () => {
  test('that cut a batch give the time which it seemed to have to one that ended before', async () => {
    const { code, id: line_id } = await aLine();
    const say = async (kind: string, batch_number: string, when: string) => {
      await production.publish(code, kind, { id: `${code}-${kind}-${batch_number}`, at: at(when), batch_number });
      await production.settled();
    };
    const runsOf = async (batch_number: string) =>
      (await production.call(listBatches, { line_id, batch_number })).items[0]?.runs;
    await say('batch.started', 'D', '06:00');
    await say('batch.started', 'E', '06:30');
    await say('batch.started', 'A', '07:00');
    await say('batch.completed', 'A', '08:00');
    await say('batch.completed', 'D', '09:00');
    expect(await runsOf('D')).toEqual(runs(['06:00', '06:30']));
    expect(await runsOf('E')).toEqual(runs(['06:30', '07:00'], ['08:00', null]));
    await say('batch.started', 'Z', '10:00');
    expect(await runsOf('D')).toEqual(runs(['06:00', '06:30'], ['08:00', '09:00']));
    expect(await runsOf('E')).toEqual(runs(['06:30', '07:00']));
  });

  test('of a batch that is not known, or before its start, wait; after its end they are rejected with the reason', async () => {
    const { code } = await aLine();
    const say = (kind: string, id: string, when: string) =>
      production.publish(code, kind, { id: `${code}-${id}`, at: at(when), batch_number: 'A' });
    await say('batch.paused', 'early', '05:30');
    await say('batch.resumed', 'back', '05:45');
    await production.settled();
    await say('batch.started', 'start', '06:00');
    await say('batch.paused', 'pause', '07:00');
    await production.settled();
    const batch = async () =>
      (await production.call(listBatches, { batch_number: 'A', limit: 500 })).items[0] as BatchRow;
    expect(await batch()).toMatchObject({ status: 'paused', runs: runs(['06:00', '07:00']) });
    await say('batch.started', 'first', '05:00');
    await production.settled();
    // The start that was known resumes it, and what waited is applied.
    expect(await batch()).toMatchObject({
      started_at: at('05:00'),
      runs: runs(['05:00', '05:30'], ['05:45', '07:00']),
    });
    await say('batch.completed', 'end', '08:00');
    await production.settled();
    await say('batch.resumed', 'late', '09:00');
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { line_code: code });
    expect(items.map(({ event_id, reason }) => [event_id, reason])).toEqual([
      [`${code}-late`, 'batch A is completed: it cannot be resumed'],
    ]);
  });

  const sixToTen = [
    ['batch.started', '06:00'],
    ['batch.completed', '10:00'],
    ['batch.started', '12:00'],
  ] as const;
  test.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('that complete a batch between two of its starts end it there in any order: %d, %d, %d', async (...order) => {
    const { code, id: line_id } = await aLine();
    for (const index of order) {
      const [kind, when] = sixToTen[index] as (typeof sixToTen)[number];
      await production.publish(code, kind, { id: `${code}-${index}`, at: at(when), batch_number: 'A' });
      await production.settled();
    }
    expect((await production.call(listBatches, { line_id, batch_number: 'A' })).items).toMatchObject([
      { status: 'completed', completed_at: at('10:00'), runs: runs(['06:00', '10:00']) },
    ]);
  });

  test('that complete a batch at its start wait for an earlier one; once it has ended they are rejected', async () => {
    const { code, id: line_id } = await aLine();
    const say = async (kind: string, id: string, when: string) => {
      await production.publish(code, kind, { id: `${code}-${id}`, at: at(when), batch_number: 'A' });
      await production.settled();
    };
    await say('batch.started', 'second', '12:00');
    await say('batch.completed', 'end', '12:00');
    await say('batch.started', 'first', '06:00');
    expect((await production.call(listBatches, { line_id, batch_number: 'A' })).items).toMatchObject([
      { status: 'completed', completed_at: at('12:00'), runs: runs(['06:00', '12:00']) },
    ]);
    await say('batch.completed', 'early', '05:00');
    const { items } = await production.call(rejectionsOf('production'), { line_code: code });
    expect(items.map(({ event_id, reason }) => [event_id, reason])).toEqual([
      [`${code}-early`, 'batch A is completed: it cannot be completed'],
    ]);
  });

  test('of a batch that was cancelled before its start are rejected', async () => {
    const { code, id: line_id } = await aLine();
    const plan = await planned(line_id, 'A');
    const cancelled = await production.call(cancelBatch, { id: plan.id, reason: 'no order' });
    for (const kind of ['batch.started', 'batch.paused', 'batch.resumed', 'batch.completed'])
      await production.publish(code, kind, { id: `${code}-${kind}`, at: at('06:00'), batch_number: 'A' });
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { line_code: code });
    expect(items.map(({ reason }) => reason).sort()).toEqual(
      ['completed', 'paused', 'resumed', 'started'].map((verb) => `batch A is cancelled: it cannot be ${verb}`),
    );
    expect(await read(plan.id)).toEqual(cancelled);
  });

  test('that name another product than the batch are rejected; what a batch lacks, a later start gives', async () => {
    const { code, id: line_id } = await aLine();
    for (const product of ['COLA', 'TONIC'])
      await production.call(createProduct, { code: `${product}-${code}`, name: product, unit_cost: 1 });
    const say = (id: string, when: string, more: object) =>
      production.publish(code, 'batch.started', { id: `${code}-${id}`, at: at(when), batch_number: 'A', ...more });
    await say('first', '06:00', {});
    await production.settled();
    await say('again', '08:00', { product_code: `COLA-${code}`, operator: 'Ada', planned_quantity: 5 });
    await production.settled();
    const batch = async () => (await production.call(listBatches, { line_id, batch_number: 'A' })).items[0];
    const named = await batch();
    expect(named).toMatchObject({ started_at: at('06:00'), operator: 'Ada', planned_quantity: 5 });
    await say('other', '09:00', { product_code: `TONIC-${code}`, operator: 'Bob' });
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { line_code: code });
    expect(items).toMatchObject([{ event_id: `${code}-other`, reason: expect.stringMatching(/another product/) }]);
    expect(await batch()).toEqual(named);
  });

  test(`a batch is paused and resumed ${MOST_BATCH_WORDS} times at most: one more is rejected, and says what to do`, async () => {
    const { code, id: line_id } = await aLine();
    const { id } = await started(line_id, 'A', '00:00');
    const minute = (n: number) => new Date(Date.parse(at('00:00')) + n * 1_000).toISOString();
    await production.rows.query(
      `insert into batch_word (tenant_id, batch_id, at, word)
       select 'akron', $1, $2::timestamptz + n * interval '1 second', case when n % 2 = 0 then 'resume' else 'pause' end
       from generate_series(1, $3) n`,
      [id, at('00:00'), MOST_BATCH_WORDS - 1],
    );
    const say = (n: number) =>
      production.publish(code, 'batch.resumed', { id: `${code}-${n}`, at: minute(n), batch_number: 'A' });
    await say(MOST_BATCH_WORDS);
    await production.settled();
    const full = await read(id);
    expect(full.runs).toHaveLength(MOST_BATCH_WORDS / 2 + 1);
    await say(MOST_BATCH_WORDS + 2);
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { line_code: code });
    expect(items).toMatchObject([{ reason: expect.stringMatching(/1000 times already.*: complete it$/) }]);
    await expect(production.call(pauseBatch, { id, paused_at: minute(5_000) })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/: complete it$/),
    });
    expect(await read(id)).toEqual(full);
    const { rows } = await production.rows.query('select 1 from batch_word where batch_id = $1', [id]);
    expect(rows).toHaveLength(MOST_BATCH_WORDS);
  });
});

const second = (n: number) => new Date(Date.parse(at('00:00')) + n * 1_000).toISOString();
/** Publishes about batches of a new line, by seconds of the day; each event is applied before the next one. */
const aLineSystem = async () => {
  const { code, id: line_id } = await aLine();
  const say = async (kind: string, batch_number: string, n: number) => {
    await production.publish(code, kind, { id: `${code}-${kind}-${batch_number}-${n}`, at: second(n), batch_number });
    await production.settled();
  };
  const batchOf = async (batch_number: string) =>
    (await production.call(listBatches, { line_id, batch_number })).items[0] as BatchRow;
  return { code, line_id, say, batchOf };
};

test('a batch has the line 1000 times at most: a word that gives it once more is rejected, names that batch and says what to do', async () => {
  const { code, say, batchOf } = await aLineSystem();
  /** Pauses and resumes a batch each second, without deriving when it runs. */
  const takesTurns = async (batch_number: string, from: number, words: number) =>
    production.rows.query(
      `insert into batch_word (tenant_id, batch_id, at, word)
       select 'akron', $1, $2::timestamptz + n * interval '1 second', case when n % 2 = 0 then 'resume' else 'pause' end
       from generate_series(1, $3) n`,
      [(await batchOf(batch_number)).id, second(from), words],
    );
  await say('batch.started', 'A', 0);
  await say('batch.completed', 'A', 9_000);
  await say('batch.started', 'B', 1);
  await takesTurns('B', 1, 998);
  await say('batch.completed', 'B', 1_001);
  expect((await batchOf('A')).runs).toHaveLength(501);
  await say('batch.started', 'C', 2_000);
  await takesTurns('C', 2_000, 996);
  await say('batch.paused', 'C', 3_004);
  expect((await batchOf('A')).runs).toHaveLength(MOST_BATCH_RUNS);
  await say('batch.resumed', 'C', 3_006);
  await say('batch.paused', 'C', 3_008);
  const { items } = await production.call(rejectionsOf('production'), { line_code: code });
  const { id } = await batchOf('A');
  expect(items.map(({ reason }) => reason)).toEqual([
    `batch A (${id}) has the line ${MOST_BATCH_RUNS} times already, the most there is: complete it`,
  ]);
  expect((await batchOf('A')).runs).toHaveLength(MOST_BATCH_RUNS);
});

test(`batches of a line that overlap are paused and resumed ${MOST_LINE_WORDS} times together at most: one more is rejected, and they can be ended`, async () => {
  const { code, line_id, say, batchOf } = await aLineSystem();
  const full = Array.from({ length: MOST_LINE_WORDS / MOST_BATCH_WORDS }, (_, n) => `F${n}`);
  for (const [n, batch_number] of full.entries()) {
    await say('batch.started', batch_number, n);
    await say('batch.completed', batch_number, 9_000);
  }
  await say('batch.started', 'A', 100);
  await production.rows.query(
    `insert into batch_word (tenant_id, batch_id, at, word)
     select 'akron', b.id, $2::timestamptz + n * interval '1 second', 'pause'
     from batch b, generate_series(1, $3::int) n
     where b.line_id = $1 and b.batch_number like 'F%' and (b.batch_number <> 'F0' or n > 1)`,
    [line_id, second(200), MOST_BATCH_WORDS],
  );
  await say('batch.paused', 'A', 300);
  expect(await batchOf('A')).toMatchObject({ status: 'paused' });
  await say('batch.resumed', 'A', 400);
  const { items } = await production.call(rejectionsOf('production'), { line_code: code });
  expect(items.map(({ reason }) => reason)).toEqual([
    `batch A and those of its line that overlap it were paused and resumed ${MOST_LINE_WORDS} times already, the most there is: complete them`,
  ]);
  expect(await batchOf('A')).toMatchObject({ status: 'paused' });
  await say('batch.started', 'B', 500);
  await say('batch.completed', 'A', 600);
  expect(await batchOf('A')).toMatchObject({ status: 'completed', completed_at: second(600) });
  expect((await batchOf('B')).runs).toEqual([{ from: second(500), to: null }]);
});

const instant = fc.integer({ min: 0, max: 60 });
const some = fc.uniqueArray(instant, { maxLength: 3 });
const tapes = fc.uniqueArray(
  fc.record({
    batch_number: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'),
    starts: fc.uniqueArray(instant, { minLength: 1, maxLength: 2 }),
    lasts: fc.option(fc.integer({ min: 1, max: 25 })),
    pauses: some,
    resumes: some,
    counts: some,
  }),
  { minLength: 2, maxLength: 7, selector: ({ batch_number }) => batch_number },
);
type Tape = NonNullable<typeof tapes extends fc.Arbitrary<infer T> ? T : never>;
const minuteOf = (n: number) => Date.parse(at('06:00')) + n * 60_000;

/** What the words of a tape say of each batch. */
const coursesOf = (tape: Tape): Course[] =>
  tape.map(({ batch_number, starts, lasts, pauses, resumes, counts }) => ({
    id: batch_number,
    batch_number,
    started_at: minuteOf(Math.min(...starts)),
    ended_at: lasts === null ? null : minuteOf(Math.min(...starts) + lasts),
    pauses: pauses.map(minuteOf),
    resumes: [...resumes, ...starts].map(minuteOf),
    counted_at: counts.length === 0 ? null : minuteOf(Math.max(...counts)),
  }));

const eventsOf = (tape: Tape, code: string) =>
  tape
    .flatMap(({ batch_number, starts, lasts, pauses, resumes, counts }) => {
      const say = (kind: string, n: number, more: object = {}) => ({
        kind,
        at: new Date(minuteOf(n)).toISOString(),
        batch_number,
        ...more,
      });
      const end = lasts === null ? Infinity : Math.min(...starts) + lasts;
      return [
        ...starts.map((n) => say('batch.started', n)),
        ...pauses.filter((n) => n < end).map((n) => say('batch.paused', n)),
        ...resumes.filter((n) => n < end).map((n) => say('batch.resumed', n)),
        ...counts.map((n) => say('count', n, { good: 1 })),
        ...(lasts === null ? [] : [say('batch.completed', end)]),
      ];
    })
    .map((event, index) => ({ ...event, id: `${code}-${index}` }));

test(`${LINES} lines by chance, their events in any order and twice: each batch runs as the words about all batches of its line say`, async () => {
  process.stderr.write(`${LINES} lines, seed ${SEED} (PLANTOPS_PROPERTY_SEED)\n`);
  const drawn = fc.sample(tapes, { seed: SEED, numRuns: LINES });
  const asked: { tape: Tape; line: Awaited<ReturnType<typeof aLine>> }[] = [];
  for (const tape of drawn) asked.push({ tape, line: await aLine() });
  // What comes together is applied kind by kind, so the tapes come in portions.
  for (let portion = 0; portion < PORTIONS; portion += 1) {
    for (const [index, { tape, line }] of asked.entries()) {
      const events = twiceShuffled(eventsOf(tape, line.code), SEED + index);
      const size = Math.ceil(events.length / PORTIONS);
      for (const { kind, ...body } of events.slice(portion * size, (portion + 1) * size))
        await production.publish(line.code, kind, body);
    }
    await production.settled();
  }
  for (const { tape, line } of asked) {
    const { items } = await production.call(listBatches, { line_id: line.id, limit: 500 });
    const laid = outcomesOf(coursesOf(tape));
    const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
    const expected = tape.map(({ batch_number, lasts }) => {
      const { runs: own = [], cut = null, is_paused, is_interrupted } = laid.get(batch_number) ?? {};
      return {
        batch_number,
        runs: own.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
        cut_at: iso(cut?.at ?? null),
        interrupted: is_interrupted,
        status: lasts === null ? (is_paused === true ? 'paused' : 'running') : 'completed',
      };
    });
    const shown = items.map(({ batch_number, runs: own, cut_at, interrupted, status }) => ({
      batch_number,
      runs: own,
      cut_at,
      interrupted,
      status,
    }));
    const byNumber = (a: { batch_number: string }, b: { batch_number: string }) =>
      a.batch_number < b.batch_number ? -1 : 1;
    expect([line.code, shown.toSorted(byNumber)]).toEqual([line.code, expected.toSorted(byNumber)]);
  }
});

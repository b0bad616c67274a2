import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  createLine,
  createPlant,
  createProduct,
  getBatch,
  rejectionsOf,
  planBatch,
  startBatch,
} from '@plantops/contracts';
import { at, ServiceHarness, shuffled, twiceShuffled } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let plantId: string;

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plantId = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
});
afterAll(() => production.close());

/** Three batches of a line with their counts and scrap, as the line would report them. */
const tapeOf = (line: string) =>
  [1, 2, 3]
    .flatMap((n) => {
      const [batch_number, product_code] = [`B${n}`, `P-${line}`];
      const time = (minute: number) => at(`0${5 + n}:${String(minute).padStart(2, '0')}`);
      return [
        { kind: 'batch.started', batch_number, at: time(0), product_code, planned_quantity: 200, operator: 'Ada' },
        { kind: 'count', at: time(20), good: 40, reject: 2, batch_number },
        { kind: 'count', at: time(40), good: 50, batch_number, product_code },
        { kind: 'scrap', at: time(41), quantity: 3, batch_number, reason_code: 'crack' },
        { kind: 'scrap', at: time(42), quantity: 1.5, disposition: 'rework', batch_number, unit_cost: 0.25 },
        { kind: 'batch.completed', batch_number, at: time(55), good_count: 95, scrap_count: 5 },
      ];
    })
    .map((event, index) => ({ ...event, id: `${line}-${index}` }));
type Tape = ReturnType<typeof tapeOf>;

const publish = async (line: string, tape: Tape) => {
  for (const { kind, ...body } of tape) await production.publish(line, kind, body);
};
const addLine = (code: string) =>
  production.call(createLine, { code, plant_id: plantId, name: code, hourly_cost: 300, ideal_cycle_seconds: 30 });
const addProduct = (line: string) => production.call(createProduct, { code: `P-${line}`, name: 'P', unit_cost: 1 });

/** The rows that resulted from a line's events, without ids and times of arrival. */
const contentOf = async (line: string) => {
  const rows = async (table: string, columns: string) =>
    (
      await production.rows.query<Record<string, unknown>>(
        `select ${columns}, p.name as product from ${table} t join line l on l.id = t.line_id left join product p on p.id = t.product_id ${table === 'batch' ? '' : 'left join batch b on b.id = t.batch_id'}
         where l.code = $1 order by 1, 2, 3`,
        [line],
      )
    ).rows;
  return {
    batches: await rows(
      'batch',
      't.batch_number, t.started_at, t.completed_at, t.status, t.planned_quantity, t.operator, t.good_count, t.scrap_count',
    ),
    counts: await rows('unit_count', 't.batch_number, t.at, t.good, t.reject, b.batch_number as of_batch'),
    scraps: await rows(
      'scrap_event',
      't.batch_number, t.at, t.quantity, t.disposition, t.reason_code, t.unit_cost, b.batch_number as of_batch',
    ),
  };
};

describe('line events in any order', () => {
  let expected: Awaited<ReturnType<typeof contentOf>>;
  beforeAll(async () => {
    await addLine('L0');
    await addProduct('L0');
    await publish('L0', tapeOf('L0'));
    await production.settled();
    expected = await contentOf('L0');
  });

  test('in their own order they are all applied', () => {
    expect([expected.batches.length, expected.counts.length, expected.scraps.length]).toEqual([3, 6, 6]);
    expect(expected.batches.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    const units = [...expected.counts, ...expected.scraps];
    expect(units.every(({ of_batch, batch_number, product }) => of_batch === batch_number && product === 'P')).toBe(
      true,
    );
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'twice each and shuffled (%d), line added in the middle, product last: the same rows',
    async (seed) => {
      const line = `L${seed}`;
      const tape = twiceShuffled(tapeOf(line), seed);
      await publish(line, tape.slice(0, tape.length / 2));
      await addLine(line);
      await publish(line, tape.slice(tape.length / 2));
      await production.settled();
      await addProduct(line);
      await production.settled();
      expect(await contentOf(line)).toEqual(expected);
    },
  );

  test.each([7, 8])('all before line and product are known (%d): the same rows', async (seed) => {
    const line = `L${seed}`;
    await publish(line, shuffled(tapeOf(line), seed));
    await production.settled();
    await addProduct(line);
    await addLine(line);
    await production.settled();
    expect(await contentOf(line)).toEqual(expected);
    expect((await production.rows.query('select 1 from waiting_line_event')).rowCount).toBe(0);
  });

  test('units that arrived before people planned and started their batch belong to it', async () => {
    const line = await addLine('L9');
    const product = await addProduct('L9');
    await production.publish('L9', 'count', { id: 'L9-early', at: at('08:00'), good: 10, batch_number: 'B9' });
    await production.publish('L9', 'batch.completed', {
      id: 'L9-end',
      at: at('09:00'),
      batch_number: 'B9',
      good_count: 10,
    });
    await production.settled();
    const batch = await production.call(planBatch, { batch_number: 'B9', line_id: line.id, product_id: product.id });
    await production.call(startBatch, { id: batch.id, started_at: at('07:30') });
    const { batches, counts } = await contentOf('L9');
    expect(batches).toMatchObject([{ batch_number: 'B9', status: 'completed', product: 'P' }]);
    expect(counts).toMatchObject([{ of_batch: 'B9', product: 'P' }]);
  });

  test('a batch that its line completes keeps all five totals that the line reports', async () => {
    await addLine('L10');
    await addProduct('L10');
    const totals = { good_count: 90, scrap_count: 4, startup_scrap_count: 3, rework_count: 2, material_input: 101.5 };
    await production.publish('L10', 'batch.started', {
      id: 'L10-1',
      batch_number: 'B10',
      at: at('08:00'),
      product_code: 'P-L10',
    });
    await production.publish('L10', 'batch.completed', {
      id: 'L10-2',
      batch_number: 'B10',
      at: at('09:00'),
      ...totals,
    });
    await production.settled();
    const [announced] = (await production.announced(batchCompleted.type)).slice(-1);
    expect(announced?.data).toMatchObject({ batch_number: 'B10', ...totals });
    expect(await production.call(getBatch, { id: announced?.subject as string })).toMatchObject(totals);
  });

  test('none of these events was rejected', async () => {
    expect(await production.call(rejectionsOf('production'), {})).toMatchObject({ total: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  batchStarted,
  countLogged,
  lineUpdated,
  productUpdated,
  scrapLogged,
  scrapVoided,
  trialPlanned,
  trialStarted,
  type BatchRow,
  type LineRow,
  type ProductRow,
  type ScrapRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aTrial, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
let product: ProductRow;
beforeAll(async () => {
  ledger = await Ledger.start();
  product = await ledger.product({ unit_cost: 4, salvage_value: 0.5 });
});
afterAll(() => ledger.close());

const scrapOn = (line: LineRow, fields: Partial<ScrapRow> = {}) =>
  aScrap({ id: ledger.nextId(), line_id: line.id, product_id: product.id, ...fields });
const batchOn = (line: LineRow, fields: Partial<BatchRow> = {}) =>
  aBatch({ id: ledger.nextId(), line_id: line.id, product_id: product.id, ...fields });
const over = (batch: BatchRow, fields: Partial<BatchRow>): BatchRow => ({
  ...batch,
  version: batch.version + 1,
  status: 'completed',
  completed_at: at('14:00'),
  ...fields,
});
/** The rules of a line's net rows with their units and dollars. */
const posted = async (line: LineRow) =>
  (await ledger.net(line.id))
    .map(({ rule, quantity, amount_usd }) => [rule, quantity, amount_usd])
    .sort((a, b) => String(a).localeCompare(String(b)));

describe('scrap that is logged', () => {
  test.each([
    ['full cost', {}, {}, 'scrap', 'scrap_loss', 28],
    ['a price of its own', {}, { unit_cost: 1.5 }, 'scrap', 'scrap_loss', 8],
    [
      'rework: the machine time and what reworking costs',
      {},
      { disposition: 'rework', unit_cost: 0.25 },
      'rework',
      'quality_loss',
      22,
    ],
    ['downgrade', {}, { disposition: 'downgrade' }, 'downgrade', 'quality_loss', 28],
    ['startup', {}, { phase: 'startup' }, 'startup_scrap', 'startup_loss', 28],
    ['material: the machine time comes on top', { cost_basis: 'material' }, {}, 'scrap', 'scrap_loss', 48],
  ] as const)('%s', async (_what, costs, fields, rule, category, amount_usd) => {
    const line = await ledger.line();
    const own = await ledger.product({ unit_cost: 4, salvage_value: 0.5, ...costs });
    // 8 units at 30 s are 4 minutes at 300 an hour; the batch makes that time busy.
    await ledger.service.announce(batchStarted, batchOn(line, { product_id: own.id }));
    await ledger.service.settled();
    await ledger.service.announce(scrapLogged, scrapOn(line, { product_id: own.id, ...fields }));
    expect(await ledger.net(line.id)).toMatchObject([
      { rule, category, amount_usd, quantity: 8, time_minutes: 4, source_type: 'scrap' },
    ]);
  });

  test('is posted once though reported twice, and reversed when it is voided', async () => {
    const line = await ledger.line();
    const scrap = scrapOn(line);
    for (let n = 0; n < 2; n += 1) await ledger.service.announce(scrapLogged, scrap);
    expect(await posted(line)).toEqual([['scrap', 8, 28]]);
    await ledger.service.announce(scrapVoided, { ...scrap, version: 2, voided_at: at('09:00') });
    expect(await posted(line)).toEqual([]);
  });

  test('of a product that is not known yet is posted when it is', async () => {
    const line = await ledger.line();
    const late = { ...product, id: ledger.nextId(), code: 'LATE' };
    await ledger.service.announce(scrapLogged, scrapOn(line, { product_id: late.id }));
    expect(await posted(line)).toEqual([]);
    await ledger.service.announce(productUpdated, late);
    expect(await posted(line)).toEqual([['scrap', 8, 28]]);
  });

  test('a cost corrected in the past is posted again, one from now on is not', async () => {
    const line = await ledger.line();
    const own = await ledger.product({ unit_cost: 4 });
    await ledger.service.announce(scrapLogged, scrapOn(line, { product_id: own.id }));
    const version = (valid_from: string, unit_cost: number) => ({
      valid_from,
      unit_cost,
      salvage_value: 0,
      cost_basis: 'full' as const,
      material_cost: null,
    });
    const versions = [...own.versions, version(at('10:00'), 5)];
    await ledger.service.settled();
    await ledger.service.announce(productUpdated, { ...own, version: 2, versions });
    expect(await ledger.rows(line.id)).toHaveLength(1);
    await ledger.service.announce(productUpdated, {
      ...own,
      version: 3,
      versions: [...own.versions, version(at('07:00'), 3), ...versions.slice(1)],
    });
    expect(await posted(line)).toEqual([['scrap', 8, 24]]);
  });
});

describe('rejects of a batch that nobody logged', () => {
  const full = { good_count: 940, scrap_count: 20 };

  test('are posted when it closes, and reversed as far as scrap explains them, also when it is logged after the end', async () => {
    const line = await ledger.line();
    const batch = batchOn(line);
    await ledger.service.announce(batchCompleted, over(batch, full));
    expect(await posted(line)).toEqual([['unexplained_reject', 20, 70]]);
    await ledger.service.announce(scrapLogged, scrapOn(line, { batch_id: batch.id, at: at('14:10'), quantity: 8 }));
    expect(await posted(line)).toEqual([
      ['scrap', 8, 28],
      ['unexplained_reject', 12, 42],
    ]);
    await ledger.service.announce(
      scrapLogged,
      scrapOn(line, { batch_number: batch.batch_number, at: '2026-03-03T01:00:00.000Z', quantity: 12 }),
    );
    expect(await posted(line)).toEqual([
      ['scrap', 12, 42],
      ['scrap', 8, 28],
    ]);
  });

  test('whichever is known first, the scrap of the day after or the end of the batch', async () => {
    for (const scrapFirst of [true, false]) {
      const line = await ledger.line();
      const batch = batchOn(line);
      const announcing = [
        () =>
          ledger.service.announce(scrapLogged, scrapOn(line, { batch_id: batch.id, at: '2026-03-03T01:00:00.000Z' })),
        () => ledger.service.announce(batchCompleted, over(batch, full)),
      ];
      for (const announce of scrapFirst ? announcing : announcing.reverse()) {
        await announce();
        await ledger.service.settled();
      }
      expect(await posted(line)).toEqual([
        ['scrap', 8, 28],
        ['unexplained_reject', 12, 42],
      ]);
    }
  });

  test('a count of the batch that comes late is counted, wherever its time lies', async () => {
    for (const time of [at('13:00'), at('14:05'), '2026-03-03T01:00:00.000Z']) {
      const line = await ledger.line();
      const batch = batchOn(line);
      await ledger.service.announce(batchCompleted, over(batch, {}));
      expect(await posted(line)).toEqual([]);
      await ledger.service.announce(
        countLogged,
        aCount({ id: ledger.nextId(), line_id: line.id, batch_id: batch.id, at: time, good: 940, reject: 20 }),
      );
      expect(await posted(line)).toEqual([['unexplained_reject', 20, 70]]);
    }
  });

  test('a total that is corrected corrects them', async () => {
    const line = await ledger.line();
    const batch = over(batchOn(line), full);
    await ledger.service.announce(batchCompleted, batch);
    await ledger.service.settled();
    await ledger.service.announce(batchCompleted, over(batch, { good_count: 950, scrap_count: 10 }));
    expect(await posted(line)).toEqual([['unexplained_reject', 10, 35]]);
  });
});

describe('a line whose counts contain the rejects', () => {
  test('scrap that is logged after the end of the batch takes good units: the units that were made and their slow time stay', async () => {
    const gross = await ledger.line({ count_basis: 'gross' });
    const net = await ledger.line();
    const seen = [];
    for (const line of [gross, net]) {
      const batch = batchOn(line);
      await ledger.service.announce(batchCompleted, over(batch, { material_input: 410 }));
      const units = { line_id: line.id, batch_id: batch.id, at: at('12:00'), good: 400, reject: 0 };
      await ledger.service.announce(countLogged, aCount({ id: ledger.nextId(), ...units }));
      const before = await posted(line);
      const late = { batch_id: batch.id, at: '2026-03-03T01:00:00.000Z', quantity: 10 };
      await ledger.service.announce(scrapLogged, scrapOn(line, late));
      seen.push([before, await posted(line)]);
    }
    const [slow, lost] = [
      ['slow_cycle', null, 1400],
      ['yield', 10, 40],
    ];
    expect(seen).toEqual([
      [
        [slow, lost],
        [['scrap', 10, 35], slow, lost],
      ],
      [
        [slow, lost],
        [
          ['scrap', 10, 35],
          ['slow_cycle', null, 1375],
        ],
      ],
    ]);
  });
});

test('a line that is said to count gross from an instant on: batches that begin then or later are posted again, others are not', async () => {
  const line = await ledger.line();
  for (const day of ['2026-03-02', '2026-03-03']) {
    const on = (time: string) => at(time).replace('2026-03-02', day);
    const batch = batchOn(line, { started_at: on('06:00'), batch_number: day });
    await ledger.service.announce(batchCompleted, over(batch, { completed_at: on('14:00') }));
    const units = { line_id: line.id, batch_id: batch.id, at: on('12:00'), good: 400, reject: 0 };
    await ledger.service.announce(countLogged, aCount({ id: ledger.nextId(), ...units }));
    await ledger.service.announce(scrapLogged, scrapOn(line, { batch_id: batch.id, at: on('13:00'), quantity: 10 }));
  }
  const scraps = [
    ['scrap', 10, 35],
    ['scrap', 10, 35],
  ];
  expect(await posted(line)).toEqual([...scraps, ['slow_cycle', null, 1375], ['slow_cycle', null, 1375]]);
  const [first] = line.versions;
  const versions = [...line.versions, { ...first, valid_from: '2026-03-03T06:00:00.000Z', count_basis: 'gross' }];
  await ledger.service.announce(lineUpdated, { ...line, version: 2, versions } as LineRow);
  expect(await posted(line)).toEqual([...scraps, ['slow_cycle', null, 1375], ['slow_cycle', null, 1400]]);
});

describe('material that went in and came out as nothing', () => {
  test.each([
    [1000, [['yield', 40, 160]]],
    [960, []],
    [900, []],
  ])('%d in, 960 out', async (material_input, rows) => {
    const line = await ledger.line();
    await ledger.service.announce(batchCompleted, over(batchOn(line), { good_count: 960, material_input }));
    expect(await posted(line)).toEqual(rows);
  });
});

describe('a batch that is a trial', () => {
  test('keeps its rows while the trial is planned, and loses them when it runs', async () => {
    const line = await ledger.line();
    const batch = batchOn(line);
    await ledger.service.announce(batchCompleted, over(batch, { good_count: 940, scrap_count: 20 }));
    await ledger.service.settled();
    const trial = aTrial({
      id: ledger.nextId(),
      line_id: line.id,
      batch_id: batch.id,
      created_at: '2026-03-09T08:00:00.000Z',
    });
    await ledger.service.announce(trialPlanned, trial);
    expect(await posted(line)).toEqual([['unexplained_reject', 20, 70]]);
    await ledger.service.announce(trialStarted, {
      ...trial,
      version: 2,
      status: 'in_progress',
      started_at: '2026-03-09T09:00:00.000Z',
    });
    expect(await posted(line)).toEqual([]);
  });
});

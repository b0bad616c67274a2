import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  amendDowntime,
  downtimeAmended,
  getDowntimeRows,
  lineCreated,
  listDowntimes,
  listReasons,
  reasonCreated,
  reasonUpdated,
  setReasons,
  splitDowntime,
  startDowntime,
} from '@plantops/contracts';
import { aLine, at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());
const aNewLine = async () => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
  await downtimes.announce(lineCreated, line);
  await downtimes.settled();
  return line;
};

const jam = { code: 'jam', name: 'Bottle jam', category: 'mechanical' as const, is_failure: false };
const audit = { code: 'audit', name: 'Audit', category: 'other' as const, is_planned: true, is_excluded: true };

describe('the reason tree', () => {
  test('is replaced as a whole: new reasons are added, changed ones updated, missing ones retired; unchanged ones are not announced again', async () => {
    await downtimes.call(setReasons, { items: [jam, { ...audit, parent_code: 'jam' }] });
    const { items } = await downtimes.call(setReasons, { items: [{ ...jam, name: 'Jam' }] });
    expect(items).toMatchObject([{ code: 'jam', name: 'Jam', version: 2, is_active: true }]);
    await downtimes.call(setReasons, { items: [{ ...jam, name: 'Jam' }] });
    expect((await downtimes.call(listReasons, { is_active: false })).items).toMatchObject([
      { code: 'audit', version: 2 },
    ]);
    expect((await downtimes.announced(reasonCreated.type)).length).toBe(2);
    expect((await downtimes.announced(reasonUpdated.type)).length).toBe(2);
  });

  test.each([
    ['a code twice', [jam, jam], 'items.1.code'],
    ['a parent that is not there', [{ ...jam, parent_code: 'x' }], 'items.0.parent_code'],
    [
      'a circle',
      [
        { ...jam, parent_code: 'audit' },
        { ...audit, parent_code: 'jam' },
      ],
      'items.0.parent_code',
    ],
    ['more than 500', Array.from({ length: 501 }, (_, n) => ({ ...jam, code: `r${n}` })), 'items'],
  ])('refuses %s', async (_what, items, path) => {
    await expect(downtimes.call(setReasons, { items })).rejects.toMatchObject({ code: 'invalid', errors: [{ path }] });
  });

  test('belongs to its tenant', async () => {
    expect((await downtimes.call(listReasons, {}, { tenant: 'globex' })).items).toEqual([]);
  });
});

describe('a stop under a reason', () => {
  test('gets the meaning from the tree, whether a person, its line or a state reported it', async () => {
    await downtimes.call(setReasons, { items: [jam, audit] });
    const line = await aNewLine();
    const meant = { reason_category: 'mechanical', is_failure: false, is_planned: false };
    expect(
      await downtimes.call(startDowntime, {
        line_id: line.id,
        start_time: at('06:00'),
        end_time: at('06:10'),
        reason_code: 'jam',
      }),
    ).toMatchObject(meant);
    await downtimes.publish(line.code, 'downtime.ended', {
      id: 'r1',
      start_time: at('07:00'),
      end_time: at('07:10'),
      reason_code: 'jam',
    });
    await downtimes.publish(line.code, 'state', { id: 'r2', at: at('08:00'), state: 'stopped', reason_code: 'audit' });
    await downtimes.publish(line.code, 'state', { id: 'r3', at: at('08:30'), state: 'running' });
    await downtimes.settled();
    const { items } = await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time' });
    expect(items).toMatchObject([meant, meant, { reason_category: 'other', is_planned: true, is_excluded: true }]);
  });

  test('keeps its meaning when the tree changes; a corrected reason has the new meaning', async () => {
    const line = await aNewLine();
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: at('06:00'),
      end_time: at('06:10'),
      reason_code: 'jam',
    });
    await downtimes.call(setReasons, { items: [{ ...jam, is_failure: true }, audit] });
    expect((await downtimes.call(listDowntimes, { line_id: line.id })).items[0]).toMatchObject({ is_failure: false });
    expect(await downtimes.call(amendDowntime, { id: stop.id, reason_code: 'audit' })).toMatchObject({
      is_planned: true,
      is_excluded: true,
    });
  });
});

describe('a split stop', () => {
  test('is two stops that divide its time, and one stop in the rows for a reconciliation', async () => {
    const line = await aNewLine();
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: at('06:00'),
      end_time: at('06:08'),
    });
    const { items } = await downtimes.call(splitDowntime, {
      id: stop.id,
      at: at('06:03'),
      reason_category: 'no_operator',
    });
    expect(items).toMatchObject([
      { id: stop.id, start_time: at('06:00'), end_time: at('06:03'), is_micro_stop: false, origin_id: stop.id },
      {
        start_time: at('06:03'),
        end_time: at('06:08'),
        is_micro_stop: false,
        origin_id: stop.id,
        reason_category: 'no_operator',
      },
    ]);
    expect((await downtimes.announced(downtimeAmended.type)).at(-1)?.data).toEqual(items[0]);
    // A part is judged by the whole, also when it is corrected later.
    expect(await downtimes.call(amendDowntime, { id: items[1]?.id as string, end_time: at('06:04') })).toMatchObject({
      is_micro_stop: true,
    });
    const rows = await downtimes.call(getDowntimeRows, { line_id: line.id, from: at('06:03'), to: at('06:10') });
    expect(rows.items.map(({ row }) => row.id).sort()).toEqual(items.map(({ id }) => id).sort());
  });

  test('is not found by another tenant, and refused for an old version', async () => {
    const line = await aNewLine();
    const { id } = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: at('06:00'),
      end_time: at('06:08'),
    });
    const cut = { id, at: at('06:03') };
    await expect(downtimes.call(splitDowntime, cut, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(downtimes.call(splitDowntime, cut, { expectedVersion: 9 })).rejects.toMatchObject({
      code: 'stale_version',
    });
  });
});

describe('overlap', () => {
  test('of two stops that were entered without overlap is refused by the database itself', async () => {
    const line = await aNewLine();
    await downtimes.call(startDowntime, { line_id: line.id, start_time: at('06:00'), end_time: at('07:00') });
    const twin = `insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, start_time, end_time, status, reason_category,
        is_planned, is_micro_stop, phase, source, is_overlapping)
      values (gen_random_uuid(), 'akron', 1, now(), now(), 'x', 'x', $1, $2, $3, 'ended', 'other', false, false, 'production', 'event', $4)`;
    await expect(downtimes.rows.query(twin, [line.id, at('06:59'), at('08:00'), false])).rejects.toThrow(
      /downtime_overlap/,
    );
    await expect(downtimes.rows.query(twin, [line.id, at('07:00'), at('08:00'), false])).resolves.toBeDefined();
    await expect(downtimes.rows.query(twin, [line.id, at('06:30'), at('07:30'), true])).resolves.toBeDefined();
  });

  test('reported by a line is kept and marked', async () => {
    const line = await aNewLine();
    for (const [id, from, to] of [
      ['o1', '06:00', '07:00'],
      ['o2', '06:30', '07:30'],
    ] as const)
      await downtimes.publish(line.code, 'downtime.ended', {
        id: `${line.code}-${id}`,
        start_time: at(from),
        end_time: at(to),
      });
    await downtimes.settled();
    const { items } = await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time' });
    expect(items.map(({ is_overlapping }) => is_overlapping)).toEqual([false, true]);
  });
});

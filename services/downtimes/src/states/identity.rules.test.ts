import { describe, expect, test } from '@jest/globals';
import { aStop, at, rowId } from '@plantops/testing';
import fc from 'fast-check';
import type { Part } from './departure.rules.ts';
import { planOf, type KnownStop, type Plan } from './identity.rules.ts';
import { without, type Interval } from './time.rules.ts';
import type { Word } from './words.rules.ts';

const START = Date.parse(at('08:00'));
const minute = (n: number) => new Date(START + n * 60_000).toISOString();
const part = (from: number, to: number | null): Part => {
  const interval: Interval = { from: minute(from), to: to === null ? null : minute(to) };
  const reason = { reason_category: 'unknown', reason_code: null, is_planned: false } as const;
  return { ...interval, ...reason, departure: interval, is_end_assumed: false };
};
const known = (id: number, from: number, to: number, more: Partial<KnownStop> = {}): KnownStop => ({
  row: aStop({ id: rowId(id), start_time: minute(from), end_time: minute(to), source: 'event' }),
  first_from: minute(from),
  derived_from: minute(from),
  isNear: true,
  given: { from: null, to: null },
  fixed: null,
  ...more,
});
const word = (id: number, from: number, to: number, said: Word['said']): Word => ({
  downtime_id: rowId(id),
  from: minute(from),
  to: minute(to),
  said,
});
const electrical = { reason_category: 'electrical', reason_code: null, is_planned: false } as const;
let ids = 500;
const plan = (parts: readonly Part[], rows: readonly KnownStop[], words: readonly Word[] = []): Plan =>
  planOf(parts, rows, words, () => rowId((ids += 1)));

/** Parts of an hour, in order, some of which adjoin: each its own departure. */
const cut = fc
  .uniqueArray(fc.nat(60), { minLength: 2, maxLength: 10 })
  .map((edges) => edges.toSorted((a, b) => a - b))
  .map((edges) => edges.slice(1).map((to, index) => part(edges[index] as number, to)))
  .chain((parts) => fc.subarray(parts));
const interval = fc
  .tuple(fc.nat(58), fc.integer({ min: 1, max: 30 }))
  .map(([from, minutes]) => ({ from, to: Math.min(60, from + minutes) }));

describe('rows of stops that are derived again', () => {
  test('each part has one row, each row one part or none, and what is said of a time is said of a part that overlaps it', () => {
    const rows = fc
      .array(interval, { maxLength: 6 })
      .map((all) => all.map(({ from, to }, n) => known(n + 1, from, to)));
    const words = fc.array(fc.tuple(fc.nat(5), interval, fc.constantFrom('electrical', 'mechanical', 'cleaning')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(cut, rows, words, (parts, rowsKnown, said) => {
        const spoken = said.map(([n, { from, to }, reason_category]) =>
          word(n + 1, from, to, { ...electrical, reason_category }),
        );
        const { withdrawn, wanted } = plan(parts, rowsKnown, spoken);
        expect(wanted.map(({ fields: { start_time, end_time } }) => [start_time, end_time])).toEqual(
          parts.map(({ from, to }) => [from, to]),
        );
        expect(new Set(wanted.map(({ id }) => id)).size).toBe(wanted.length);
        const kept = wanted.flatMap(({ row }) => (row === undefined ? [] : [row.id]));
        expect([...kept, ...withdrawn.map(({ id }) => id)].toSorted()).toEqual(
          rowsKnown.map(({ row }) => row.id).toSorted(),
        );
        for (const { fields } of wanted) {
          const over = spoken.filter(({ from, to }) => from < (fields.end_time as string) && fields.start_time < to);
          const reasons = over.map(({ said: { reason_category } }) => reason_category);
          expect(reasons.length === 0 ? ['unknown'] : reasons).toContain(fields.reason_category);
        }
      }),
    );
  });

  test('a row stays with the part that holds the start it first had, although it overlaps another more', () => {
    const moved = { ...known(1, 0, 30), first_from: minute(2) };
    expect(plan([part(0, 5), part(6, 30)], [moved]).wanted.map(({ row }) => row?.id)).toEqual([rowId(1), undefined]);
  });

  test('a row whose first start is no part any more goes to the part that it overlaps most', () => {
    const rows = [known(1, 0, 30)];
    expect(plan([part(5, 10), part(12, 30)], rows).wanted.map(({ row }) => row?.id)).toEqual([undefined, rowId(1)]);
  });

  test('a row without time is withdrawn, and what was said of it waits for a part of that time', () => {
    const words = [word(1, 0, 10, { ...electrical, root_cause: 'fuse' })];
    expect(plan([part(20, 30)], [known(1, 0, 10)], words)).toMatchObject({
      withdrawn: [{ id: rowId(1) }],
      wanted: [{ fields: { reason_category: 'unknown', root_cause: null, reason_source: null } }],
    });
    expect(plan([part(5, 30)], [], words).wanted).toMatchObject([
      { fields: { reason_category: 'electrical', root_cause: 'fuse', reason_source: 'inherited' } },
    ]);
  });

  test('of two words that overlap a part equally the later counts', () => {
    const words = [word(1, 0, 10, electrical), word(1, 0, 10, { ...electrical, reason_category: 'safety' })];
    expect(plan([part(0, 10)], [known(1, 0, 10)], words).wanted).toMatchObject([
      { fields: { reason_category: 'safety' } },
    ]);
  });

  test('an acknowledgement lies with the part that holds its instant, else with its row', () => {
    const acknowledged = (n: number) => word(1, 0, 30, { acknowledged_at: minute(n), acknowledged_by: 'ada' });
    const found = (n: number) =>
      plan([part(0, 10), part(12, 30)], [known(1, 0, 30)], [acknowledged(n)]).wanted.map(
        ({ fields }) => fields.acknowledged_by,
      );
    expect(found(5)).toEqual(['ada', null]);
    expect(found(20)).toEqual([null, 'ada']);
    expect(found(11)).toEqual(['ada', null]);
  });

  test('no derived stop takes the time of a row that a person fixed, and such rows stay as they are', () => {
    const fixed = { from: minute(10), to: minute(20), takesRest: false };
    const rows = [known(1, 10, 15, { fixed })];
    const times = plan([part(0, 30)], rows).wanted.map(({ row, fields }) => [
      row?.id,
      fields.start_time,
      fields.end_time,
    ]);
    expect(times).toEqual(
      [
        [rowId(1), minute(10), minute(15)],
        [undefined, minute(0), minute(10)],
        [undefined, minute(20), minute(30)],
      ].toSorted(([, a], [, b]) => ((a as string) < (b as string) ? -1 : 1)),
    );
  });

  test('a row of which a person gave the start has the end of its part; without a part an open one ends', () => {
    const half = known(1, 8, 20, {
      first_from: minute(10),
      derived_from: minute(10),
      given: { from: minute(8), to: null },
    });
    const timesOf = (...parts: Part[]) =>
      plan(parts, [half]).wanted.map(({ row, fields }) => [row?.id, fields.start_time, fields.end_time]);
    expect(timesOf(part(10, 15), part(18, 20))).toEqual([
      [rowId(1), minute(8), minute(15)],
      [undefined, minute(18), minute(20)],
    ]);
    const open = { ...half, row: { ...half.row, end_time: null } };
    expect(plan([], [open]).wanted).toMatchObject([{ fields: { start_time: minute(8), end_time: minute(10) } }]);
  });

  test('the time of others is taken out of intervals, whichever way they overlap', () => {
    const taking = fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 20 })).map(([from, length]) => ({
      from: minute(from),
      to: minute(from + length),
    }));
    fc.assert(
      fc.property(cut, fc.array(taking, { maxLength: 5 }), (parts, taken) => {
        const left = without(parts, taken);
        const covered = (all: readonly Interval[], n: number) =>
          all.some(({ from, to }) => from <= minute(n) && (to === null || minute(n) < to));
        for (let n = 0; n < 61; n += 1) expect(covered(left, n)).toBe(covered(parts, n) && !covered(taken, n));
      }),
    );
  });
});

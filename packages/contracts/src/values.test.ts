import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from './cursor.ts';
import { listInput } from './fields.ts';
import { Problem } from './problems.ts';
import {
  code,
  cycleSeconds,
  inQuery,
  instant,
  json,
  money,
  name,
  positiveQuantity,
  quantity,
  reference,
  tenantSlug,
  text,
} from './values.ts';
import { z } from 'zod';

const fits = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('values', () => {
  test('an instant is kept in UTC with milliseconds, whatever zone it came in', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
        fc.integer({ min: -14, max: 14 }),
        (date, hours) => {
          const local = new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
          const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
          expect(instant.parse(local + zone)).toBe(date.toISOString());
        },
      ),
    );
  });

  test('the first instant of the year 2000 is one, and the last of 2099; those beside them are not', () => {
    for (const edge of ['2000-01-01T00:00:00.000Z', '2099-12-31T23:59:59.999Z']) expect(instant.parse(edge)).toBe(edge);
    for (const outside of ['1999-12-31T23:59:59.999Z', '2100-01-01T00:00:00.000Z'])
      expect(instant.safeParse(outside).success).toBe(false);
  });

  test.each<[string, z.ZodType, unknown]>([
    ['a time without zone', instant, '2026-03-02T08:00:00'],
    ['a day', instant, '2026-03-02'],
    ['a time after 2099', instant, '2100-01-01T00:00:00Z'],
    ['epoch milliseconds', instant, 1772438400000],
    ['a hundredth of a cent of a cent', money, 0.00001],
    ['negative money', money, -1],
    ['no number', money, Number.NaN],
    ['more than a trillion units', quantity, 1e12 + 1],
    ['infinitely many units', quantity, Number.POSITIVE_INFINITY],
    ['no units where some must be', positiveQuantity, 0],
    ['a cycle of no time', cycleSeconds, 0],
    ['a dot in a code: it is a token of subjects', code, 'L.1'],
    ['a wildcard as a code', code, '*'],
    ['an empty code', code, ''],
    ['a capital in a tenant', tenantSlug, 'Akron'],
    ['a wildcard as a tenant', tenantSlug, '*'],
    ['an empty name', name, ''],
    ['a text too long', text, 'x'.repeat(4001)],
    ['NUL', text, 'a\0b'],
    ['a broken character', text, 'a\udc00b'],
    ['NUL inside JSON', json, { deep: 'a\0b' }],
    ['JSON too large', json, { big: 'x'.repeat(16_384) }],
    ['JSON that is no object', json, [1]],
  ])('refuses %s', (_what, schema, value) => expect(fits(schema, value)).toBe(false));

  test('the six characters that JSON writes for NUL are a text as any other, as a path of Windows may hold them', () =>
    expect(json.parse({ path: String.raw`C:\u0000` })).toEqual({ path: String.raw`C:\u0000` }));

  test('what is kept is what was sent: no accepted number is rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 - 1 }), fc.integer({ min: 0, max: 9999 }), (whole, part) => {
        const value = Number(`${whole}.${String(part).padStart(4, '0')}`);
        expect(money.parse(value)).toBe(value);
      }),
      { examples: [[0, 0]] },
    );
  });
});

test('a reference holds every character but the control characters of Unicode', () => {
  const differ = Array.from({ length: 0x10000 }, (_, at) => String.fromCharCode(at)).filter(
    (character) => character.isWellFormed() && fits(reference, character) === /\p{Cc}/u.test(character),
  );
  expect(differ).toEqual([]);
  expect(fits(reference, '\u{1F3ED} ligne 1')).toBe(true);
});

describe('the input of a list', () => {
  const input = listInput({ open: inQuery.flag.optional() }, ['at', 'created_at']);

  test('numbers and flags also arrive as text', () => {
    expect(input.parse({ limit: '20', open: 'false' })).toEqual({ limit: 20, open: false, sort: '-at' });
  });

  test.each([
    { limit: '0' },
    { limit: '501' },
    { limit: '' },
    { limit: 'many' },
    { limit: '1.5' },
    { sort: 'line_id' },
    { open: 'maybe' },
    { other: 1 },
  ])('refuses %p', (query) => expect(fits(input, query)).toBe(false));

  test('a cursor is read back as it was written, and only for its own sort', () => {
    const position = { value: '2026-03-02T08:00:00.000Z', id: '0190c0de-0000-7000-8000-000000000001' };
    const cursor = writeCursor('-at', position);
    expect(readCursor(cursor, '-at')).toEqual(position);
    expect(() => readCursor(cursor, 'at')).toThrow(Problem);
  });

  test('any other text is no cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (other) => expect(() => readCursor(other, '-at')).toThrow(Problem)),
    );
  });
});

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
  printableCode,
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
    ['negative money', money, -1],
    ['no number', money, Number.NaN],
    ['more than a trillion units', quantity, 1e12 + 1],
    ['infinitely many units', quantity, Number.POSITIVE_INFINITY],
    ['no units where some must be', positiveQuantity, 0],
    ['units that are none after rounding', positiveQuantity, 4e-7],
    ['a cycle of no time', cycleSeconds, 0],
    ['a dot in a code: it is a token of subjects', code, 'L.1'],
    ['a wildcard as a code', code, '*'],
    ['an empty code', code, ''],
    ['a capital in a tenant', tenantSlug, 'Akron'],
    ['a wildcard as a tenant', tenantSlug, '*'],
    ['an empty name', name, ''],
    ['a text too long', text, 'x'.repeat(4001)],
    ['a text of blanks and control characters', text, ' \t\0\r\n'],
    ['a code of 65 characters', printableCode, '漢'.repeat(65)],
    ['a broken character', text, 'a\udc00b'],
    ['NUL inside JSON', json, { deep: 'a\0b' }],
    ['JSON too large', json, { big: 'x'.repeat(16_384) }],
    ['JSON that is no object', json, [1]],
  ])('refuses %s', (_what, schema, value) => expect(fits(schema, value)).toBe(false));

  test('the six characters that JSON writes for NUL are a text as any other, as a path of Windows may hold them', () =>
    expect(json.parse({ path: String.raw`C:\u0000` })).toEqual({ path: String.raw`C:\u0000` }));

  test('a code may have 64 characters of any script, and of any length in memory', () => {
    for (const character of ['漢', '😀', 'ß', '/'])
      expect(printableCode.parse(character.repeat(64))).toBe(character.repeat(64));
  });
});

describe('a number', () => {
  const AS_IT_IS = fc
    .tuple(fc.integer({ min: 0, max: 1e9 - 1 }), fc.integer({ min: 0, max: 999_999 }))
    .map(([whole, part]) => Number(`${whole}.${String(part).padStart(6, '0')}`));

  test('of at most six decimals is kept as it is', () => {
    fc.assert(fc.property(AS_IT_IS, (value) => expect(money.parse(value)).toBe(value)));
  });

  test('of more decimals is rounded to the nearest one of six, and rounding it again changes nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (sent) => {
        const kept = quantity.parse(sent);
        // From 2^33 on, the numbers that there are lie further apart than a millionth.
        expect(Math.abs(kept - sent)).toBeLessThanOrEqual(5e-7 + sent * Number.EPSILON);
        expect(String(kept)).toMatch(/^\d+(\.\d{1,6})?$|^\de-6$|^\d\.\de-5$|^\de-5$|^\d\.?\d*e-6$/);
        expect(quantity.parse(kept)).toBe(kept);
      }),
    );
  });

  test.each([
    [0.30000000000000004, 0.3],
    [12.300000190734863, 12.3],
    [0.0000005, 0.000001],
    [1.0000005, 1.000001],
    [-1e-9, 0],
    [-0, 0],
    [1e12, 1e12],
  ])('%d is read as %d', (sent, read) => expect(quantity.parse(sent)).toBe(read));
});

describe('a text', () => {
  const pieces = fc.constantFrom(
    ' ',
    '\t',
    '\0',
    '\r\n',
    '\r',
    '\n',
    '\u0085',
    '\u2028',
    '\ufeff',
    'e\u0301',
    'ö',
    '\u0301',
    '\u0007',
    'x',
    '😀',
    'ﷺ',
    '\u1100\u1161',
  );
  const sent = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 })
    .map((parts) => parts.join(''));

  test.each([
    ['a code', printableCode],
    ['a name', name],
    ['a reference', reference],
    ['a text', text],
  ])(
    'that is read as %s is in NFC, without control characters and blanks around it; reading it again changes nothing',
    (_what, schema) => {
      fc.assert(
        fc.property(sent, (value) => {
          const { data, success } = schema.safeParse(value);
          if (!success) return;
          expect(data).toBe(data.normalize('NFC').trim());
          expect(data).not.toMatch(schema === text ? /(?!\n)\p{Cc}/u : /\p{Cc}/u);
          expect(schema.parse(data)).toBe(data);
        }),
      );
    },
  );

  test.each([
    [printableCode, 'B-9  ', 'B-9'],
    [printableCode, 'B-9\u0000', 'B-9'],
    [printableCode, 'Gro\u0308\u00dfe', 'Gr\u00f6\u00dfe'],
    [printableCode, ' 10/2 "A" x.5 #3 + ', '10/2 "A" x.5 #3 +'],
    [name, 'Filler\t1\r\nnorth', 'Filler 1 north'],
    [text, ' one\r\ntwo\rthree\tfour\u0007 ', 'one\ntwo\nthree four'],
  ])('%# is read in its normal form', (schema, value, read) => expect(schema.parse(value)).toBe(read));

  test('of a code keeps every printable character, so that 9005.3010 is not 9005.301', () => {
    expect(printableCode.parse('9005.3010')).toBe('9005.3010');
    const printable = Array.from({ length: 0x10000 }, (_, at) => String.fromCharCode(at)).filter(
      (character) => character.isWellFormed() && !/[\p{Cc}\s]/u.test(character),
    );
    expect(printable.filter((one) => printableCode.parse(`x${one}`) !== `x${one}`.normalize('NFC'))).toEqual([]);
  });
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

test.each([
  [z.int().min(60), 30, 'must be at least 60'],
  [z.number().max(60), 61, 'must be at most 60'],
  [z.number().positive(), 0, 'must be more than 0'],
  [z.number().lt(1), 1, 'must be less than 1'],
  [z.string().min(2), 'a', 'must have at least 2 characters'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
])('a limit that says nothing itself is named as a remedy: %#', (schema, value, message) => {
  expect(schema.safeParse(value).error?.issues).toMatchObject([{ message }]);
});

/** Hostile values of fields. */
import fc from 'fast-check';
import { RawNumber, rows } from './values.ts';

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
}
const raw = (text: string) => new RawNumber(text);

/** Values that schemas should refuse, except as free text. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    [],
    {},
    [null],
    { a: {} },
    ['x'],
    0,
    -1,
    1e308,
    1e-9,
    -1e-9,
    0.1 + 0.2,
    1e15,
    1e21,
  ),
  fc.constantFrom<unknown>(
    ...['-0', '1e999', '-1e999', '9007199254740993', '123456789012345678901234567890', '0.00000000000000000001'].map(
      raw,
    ),
  ),
  fc.constantFrom<unknown>('NaN', 'Infinity', '-1', '1e308', '0x10', 'null', 'undefined', 'true', '1,5', '٣'),
  fc.constantFrom<unknown>(
    '2026-03-02T10:00:00',
    '2026-03-02',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-03-02T24:00:00Z',
    '2026-03-02T10:00:60Z',
    '2026-03-02T10:00:00+99:99',
    '2000-01-01T00:00:00+14:00',
    '2099-12-31T23:59:59.999999999Z',
    '1999-12-31T23:59:59Z',
  ),
  fc.constantFrom<unknown>(
    'x'.repeat(10_000),
    'a\0b',
    '\0',
    '😀'.repeat(50),
    '\ud800',
    'a\udfffb',
    '\u202e\u0000',
    '\r\nX-Evil: 1',
    "'; drop table plant; --",
    '=HYPERLINK("x")',
    '%00',
    '%',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    '*',
    '>',
    '$1',
    '\u2028',
    ' ',
  ),
  fc.constantFrom(31, 33, 500).map((depth) => nested(depth, (inner) => [inner])),
  fc.constantFrom(31, 33, 500).map((depth) => nested(depth, (inner) => ({ a: inner }))),
  fc.constant(Array<number>(3_000).fill(1)),
  rows('').filter(({ whose }) => whose !== 'own'),
  fc
    .anything({ withNullPrototype: false, withUnicodeString: true })
    .map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown),
);

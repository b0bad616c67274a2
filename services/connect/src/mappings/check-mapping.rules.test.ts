import { expect, test } from '@jest/globals';
import { checkMapping } from './check-mapping.rules.ts';
import { aMapping } from './mapping-fixture.ts';

test('a mapping that gives every required field is accepted; a time need not be given', () => {
  expect(() => checkMapping(aMapping())).not.toThrow();
  expect(() => checkMapping(aMapping({ fields: { good: { path: '$' } } }))).not.toThrow();
  expect(() =>
    checkMapping(aMapping({ kind: 'downtime.ended', fields: { downtime_ref: { path: '$.ref' } } })),
  ).not.toThrow();
});

test.each([
  [{ fields: { at: { path: '$.ts' } } }, 'fields.good'],
  [{ fields: { good: { path: '$' }, godo: { path: '$' } } }, 'fields.godo'],
  [{ fields: { good: { path: '$' }, backfill: { constant: true } } }, 'fields.backfill'],
  [{ format: 'sparkplug' as const }, 'metric'],
  [{ metric: 'Good' }, 'metric'],
])('a mapping whose events could never be applied is refused by its field: %j', (fields, path) => {
  expect(() => checkMapping(aMapping(fields))).toThrow(
    expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ path })] }),
  );
});

import { describe, expect, test } from '@jest/globals';
import { join, orderedRecords, raw, records, sql } from './sql.ts';

describe('a statement', () => {
  test('has one parameter for each value, in their order', () => {
    expect(sql`select * from line where tenant_id = ${'akron'} and code = ${'L1'}`).toEqual({
      text: 'select * from line where tenant_id = $1 and code = $2',
      values: ['akron', 'L1'],
    });
  });

  test('numbers the parameters of its parts after its own', () => {
    const filter = sql`code = ${'L1'} or name = ${'Line 1'}`;
    expect(sql`select * from ${raw('line')} where tenant_id = ${'akron'} and (${filter}) limit ${5}`).toEqual({
      text: 'select * from line where tenant_id = $1 and (code = $2 or name = $3) limit $4',
      values: ['akron', 'L1', 'Line 1', 5],
    });
  });

  test('joins parts that have parameters', () => {
    expect(join([sql`a = ${1}`, sql`b = ${2} and c = ${3}`], ' or ')).toEqual({
      text: 'a = $1 or b = $2 and c = $3',
      values: [1, 2, 3],
    });
  });

  test('has the same text for all values, so that it is prepared once', () => {
    const of = (values: number[]) =>
      sql`select ${values[0]} from ${records(
        'r',
        values.map((id) => ({ id })),
        { id: 'int' },
      )}`.text;
    expect(of([1, 2, 3])).toBe(of([]));
  });

  test('passes text that looks like SQL as a value, never as SQL', () => {
    const { text, values } = sql`select ${"'; drop table line; --"}`;
    expect([text, values]).toEqual(['select $1', ["'; drop table line; --"]]);
  });
});

describe('records', () => {
  const rows = [
    { id: 'a', at: '2026-03-02T08:00:00Z', note: undefined },
    { id: 'b', at: '2026-03-02T09:00:00Z', note: 'late' },
  ];

  test('are one array for each column, with the named type; undefined becomes null', () => {
    expect(sql`select from ${records('r', rows, { id: 'text', note: 'text' })}`).toEqual({
      text: 'select from unnest($1::text[], $2::text[]) as r(id, note)',
      values: [
        ['a', 'b'],
        [null, 'late'],
      ],
    });
  });

  test('can have their place as a column', () => {
    expect(orderedRecords('r', rows, { id: 'text' }).text).toBe('unnest($1::text[]) with ordinality as r(id, place)');
  });
});

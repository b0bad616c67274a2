import { describe, expect, test } from '@jest/globals';
import { getOverview, listDowntimes, listLines } from '@plantops/contracts';
import { columnsOf, csvOf } from './csv.ts';

const csv = (items: object[]) =>
  csvOf(['code', 'name', 'cost', 'versions'], JSON.stringify({ items, next_cursor: null, total: items.length })).rows;

describe('a list as CSV', () => {
  test('has the fields of its rows as columns, in the order of the contract', () => {
    expect(columnsOf(listLines)?.slice(0, 3)).toEqual(['id', 'tenant_id', 'version']);
    expect(columnsOf(listDowntimes)).toContain('cost_impact');
    expect(columnsOf(getOverview)).toBeUndefined();
  });

  test('keeps commas, quotes, line breaks and any script (RFC 4180)', () => {
    expect(csv([{ code: 'L1', name: 'a, "b"\nc ☕', cost: 1.5, versions: [{ a: 1 }] }])).toBe(
      '"L1","a, ""b""\nc ☕",1.5,"[{""a"":1}]"\r\n',
    );
  });

  test('leaves null empty', () => {
    expect(csv([{ code: 'L1', name: null, cost: true }])).toBe('"L1",,true,\r\n');
    expect(csv([])).toBe('');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx=1', '\tx=1'],
    ['\t=1', "\t'=1"],
    [' =1+1', " '=1+1"],
    ['\n=1+1', "\n'=1+1"],
    ['＝1+1', "'＝1+1"],
    ['x;=1+1', "x;'=1+1"],
    ['x\t=1+1;@y', "x\t'=1+1;'@y"],
    ['a-b = c', 'a-b = c'],
  ])('%j is text in every spreadsheet, no formula; a negative number stays one', (name, shown) => {
    expect(csv([{ code: 'L1', name, cost: -1 }])).toContain(`"L1","${shown}",-1,`);
    expect(csv([{ code: 'L1', name: '', cost: -1, versions: [{ name }] }])).toContain(
      JSON.stringify([{ name: shown }]).replaceAll('"', '""'),
    );
  });
});

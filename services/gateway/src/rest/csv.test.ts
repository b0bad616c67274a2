import { describe, expect, test } from '@jest/globals';
import { getOverview, listDowntimes, listLines } from '@plantops/contracts';
import { columnsOf, csvOf } from './csv.ts';

const csv = (items: object[]) =>
  csvOf(['code', 'name', 'cost', 'versions'], JSON.stringify({ items, next_cursor: null, total: items.length })).text;

describe('a list as CSV', () => {
  test('has the fields of its rows as columns, in the order of the contract', () => {
    expect(columnsOf(listLines)?.slice(0, 3)).toEqual(['id', 'tenant_id', 'version']);
    expect(columnsOf(listDowntimes)).toContain('cost_impact');
    expect(columnsOf(getOverview)).toBeUndefined();
  });

  test('keeps commas, quotes, line breaks and any script (RFC 4180)', () => {
    expect(csv([{ code: 'L1', name: 'a, "b"\nc ☕', cost: 1.5, versions: [{ a: 1 }] }])).toBe(
      'code,name,cost,versions\r\nL1,"a, ""b""\nc ☕",1.5,"[{""a"":1}]"\r\n',
    );
  });

  test('leaves null empty, and has its header without rows', () => {
    expect(csv([{ code: 'L1', name: null }])).toBe('code,name,cost,versions\r\nL1,,,\r\n');
    expect(csv([])).toBe('code,name,cost,versions\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@x', '\tx'])('%j is text, no formula; a negative number stays one', (name) => {
    expect(csv([{ code: 'L1', name, cost: -1 }])).toContain(`'${name}`);
    expect(csv([{ code: 'L1', name, cost: -1 }])).toContain(',-1,');
  });
});

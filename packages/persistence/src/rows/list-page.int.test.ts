import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import { Item, TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { columnsOf } from '../database/table.ts';
import { listPage, view, type Filter } from './list-page.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
beforeEach(() => fixture.owner.query('truncate item'));
afterAll(() => fixture.drop());

type Row = { id: string; name: string; at: string; tags: string };
/** Inserts rows, seven with the same instant each. */
const fill = (count: number, bytes = 2) =>
  fixture.owner.query(
    `insert into item
     select gen_random_uuid(), 'akron', 1, now(), now(), 'x', 'x', 'n' || n,
       timestamptz '2026-03-02 08:00Z' + (n / 7) * interval '1 second', to_jsonb(repeat('x', $2::int))
     from generate_series(1, $1::int) n`,
    [count, bytes],
  );
const page = async (sort: string, limit: number, cursor?: string, filters: readonly Filter[] = []) =>
  (
    await database.transact('akron', (tx) =>
      listPage(tx, view<Row>('item t', columnsOf(Item, 't')), filters, { sort, limit, cursor }),
    )
  ).parse();
async function walk(sort: string, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const { items, next_cursor } = await page(sort, limit, cursor);
    rows.push(...items);
    cursor = next_cursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

describe('a list', () => {
  test.each([
    ['at', 1],
    ['at', 6],
    ['-at', 7],
    ['-at', 10],
    ['at', 500],
  ] as const)('sorted by %s, in pages of %d: has every row once, in order', async (sort, limit) => {
    await fill(50);
    const rows = await walk(sort, limit);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(50);
    expect(rows).toHaveLength(50);
    const times = rows.map(({ at }) => at);
    expect(times).toEqual(sort === 'at' ? times.toSorted() : times.toSorted().reverse());
  });

  test('rows that are inserted while it is read neither repeat nor hide a row', async () => {
    await fill(20);
    const first = await page('at', 10);
    await fixture.owner.query("update item set name = 'n' || name");
    await fixture.owner.query(
      "insert into item select gen_random_uuid(), 'akron', 1, now(), now(), 'x', 'x', 'early', '2026-01-01', '[]'",
    );
    const second = await page('at', 50, first.next_cursor ?? undefined);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(20);
  });

  test('has no cursor on the last page, nor on an empty page', async () => {
    expect(await page('at', 5)).toEqual({ items: [], next_cursor: null, total: 0, total_is_capped: false });
    await fill(5);
    expect(await page('at', 5)).toMatchObject({ next_cursor: null, total: 5 });
  });

  test('has a total that depends on the filters, not on the page', async () => {
    await fill(50);
    const early: Filter = ['t.at < ?', '2026-03-02T08:00:02Z'];
    expect(await page('at', 3, undefined, [early, ['t.name = ?', undefined]])).toMatchObject({
      total: 13,
      items: { length: 3 },
    });
  });

  test.each(['at', '-at'])('has the rows that changed since an instant, inclusive, in the order %s', async (sort) => {
    await fill(30);
    await fixture.owner.query(
      "update item set updated_at = timestamptz '2026-03-02 09:00Z' + right(name, 1)::int * interval '1 hour'",
    );
    const ask = (updated_since: string, cursor?: string) =>
      database.transact('akron', (tx) =>
        listPage(tx, view<Row>('item t', columnsOf(Item, 't')), [['t.name <> ?', 'n18']], {
          sort,
          limit: 3,
          cursor,
          updated_since,
        }),
      );
    const first = (await ask('2026-03-02T17:00:00Z')).parse();
    const second = (await ask('2026-03-02T17:00:00Z', first.next_cursor ?? undefined)).parse();
    const names = [...first.items, ...second.items].map(({ name }) => name);
    expect([first.total, second.total, second.next_cursor]).toEqual([5, 5, null]);
    expect(names.toSorted()).toEqual(['n19', 'n28', 'n29', 'n8', 'n9']);
    expect((await ask('2026-03-02T18:00:00.001Z')).parse()).toMatchObject({ items: [], total: 0 });
  });

  test('has a total that is exact up to 10,000 and capped there', async () => {
    await fill(10_000);
    expect(await page('at', 1)).toMatchObject({ total: 10_000, total_is_capped: false });
    await fixture.owner.query(
      "insert into item select gen_random_uuid(), 'akron', 1, now(), now(), 'x', 'x', 'one more', now(), '[]'",
    );
    expect(await page('at', 1)).toMatchObject({ total: 10_000, total_is_capped: true });
  });

  test('ends a page early at 768 KiB, and the next page continues from there', async () => {
    await fill(20, 100_000);
    const first = await page('at', 500);
    expect(first.items).toHaveLength(7);
    expect(first.next_cursor).not.toBeNull();
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(1_048_576);
    expect(await walk('at', 500)).toHaveLength(20);
  });

  test('refuses a cursor of another sort and an invalid one; the error names the field', async () => {
    await fill(5);
    const { next_cursor } = await page('at', 2);
    for (const cursor of [next_cursor ?? '', 'x']) {
      const attempt = page('-at', 2, cursor);
      await expect(attempt).rejects.toThrow(Problem);
      await expect(attempt).rejects.toMatchObject({ errors: [{ path: 'cursor' }] });
    }
  });

  test('has only rows of the own tenant', async () => {
    await fill(5);
    const others = await database.transact('globex', (tx) =>
      listPage(tx, view<Row>('item t', columnsOf(Item, 't')), [], { sort: 'at', limit: 5 }),
    );
    expect(others.parse()).toMatchObject({
      items: [],
      total: 0,
    });
  });
});

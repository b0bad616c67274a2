import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rejectionsOf, readCursor, writeCursor, type RejectionRow } from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { rowId } from '@plantops/testing';
import { Gateway } from '../gateway-fixture.ts';

const rejectedAt = (second: number) => new Date(Date.parse('2026-03-02T08:00:00Z') + second * 1000).toISOString();
const rejection = (service: string, n: number, second: number): RejectionRow => ({
  id: rowId(n),
  tenant_id: 'akron',
  service,
  line_code: 'L1',
  kind: 'count',
  event_id: `e${n}`,
  reason: 'no',
  body: '{}',
  rejected_at: rejectedAt(second),
  times: 1,
  last_rejected_at: rejectedAt(second),
});
/** Production rejected many events within a second, downtimes some in that second and others over a long time. */
const rows = {
  production: Array.from({ length: 23 }, (_, n) => rejection('production', 2 * n, 100 + Math.floor(n / 4))),
  downtimes: Array.from({ length: 17 }, (_, n) => rejection('downtimes', 2 * n + 1, 12 * n)),
};
/** Pages by key, like an owner. A page may end before its limit when its rows are large. */
const page = (
  all: readonly RejectionRow[],
  { limit, cursor, sort }: { limit: number; cursor?: string | undefined; sort: string },
  most: number,
) => {
  const key = ({ rejected_at, id }: { rejected_at: string; id: string }) => `${rejected_at}/${id}`;
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const ordered = all.toSorted((a, b) => key(a).localeCompare(key(b)) * (sort.startsWith('-') ? -1 : 1));
  const position = after && key({ rejected_at: after.value, id: after.id });
  const rest = ordered.filter(
    (row) => position === undefined || (sort.startsWith('-') ? key(row) < position : key(row) > position),
  );
  const items = rest.slice(0, Math.min(limit, most));
  const last = items.at(-1);
  const next_cursor =
    last !== undefined && items.length < rest.length
      ? writeCursor(sort, { value: last.rejected_at, id: last.id })
      : null;
  return { items, next_cursor, total: all.length, total_is_capped: false };
};

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.start([
    {
      service: 'production',
      answers: [answer(rejectionsOf('production'), async (input) => page(rows.production, input, 5))],
    },
    {
      service: 'downtimes',
      answers: [answer(rejectionsOf('downtimes'), async (input) => page(rows.downtimes, input, 100))],
    },
    { service: 'sensors', answers: [answer(rejectionsOf('sensors'), async (input) => page([], input, 100))] },
  ]);
});
afterAll(() => gateway.close());

type Page = { items: RejectionRow[]; next_cursor: string | null; total: number };
const list = async (query: string) => (await gateway.send(`/ingest/rejections?${query}`)).body as Page;

test.each([
  ['-rejected_at', 1],
  ['-rejected_at', 7],
  ['rejected_at', 10],
  ['rejected_at', 500],
])('paged by %s, %d at a time: those of all services in one order, each once, none lost', async (sort, limit) => {
  const found: RejectionRow[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { items, next_cursor, total }: Page = await list(
      `sort=${sort}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    expect(items.length).toBeLessThanOrEqual(limit);
    expect(total).toBe(40);
    found.push(...items);
    cursor = next_cursor;
  }
  expect(found).toHaveLength(40);
  expect(new Set(found.map(({ id }) => id)).size).toBe(40);
  const times = found.map(({ rejected_at }) => rejected_at);
  expect(times).toEqual(sort === 'rejected_at' ? times.toSorted() : times.toSorted().reverse());
});

test('only an engineer reads them, and a wrong cursor is named', async () => {
  expect((await gateway.send('/ingest/rejections', { claims: { role: 'operator' } })).status).toBe(403);
  expect(await gateway.send('/ingest/rejections?cursor=x')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'cursor' }] },
  });
});

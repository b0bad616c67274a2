/** Checks a list: its filters, its orders, its pages, and the same rows as CSV. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '@plantops/contracts/json-schema';
import { paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { checkCsv, checkCsvPages } from './check-csv.ts';
import { filtersOf } from './applicable.ts';
import { schemasOf } from '../asking/schemas.ts';
import { isWithin, AS_MANY_AS_MAY_BE, pageOf, valueOf, type Page, type Row } from './rows.ts';

const BEFORE_ALL = '2000-01-02T00:00:00.000Z';
const AFTER_ALL = '2099-01-02T00:00:00.000Z';

/** `plantOf`: the plant of each line. */
export async function checkList(
  coverage: Coverage,
  route: Route,
  asked: Input,
  plantOf: ReadonlyMap<string, string>,
): Promise<void> {
  const input = Object.fromEntries(paramsOf(route).map((name) => [name, asked[name]]));
  const all = await pageOf(coverage, route, { ...input, ...AS_MANY_AS_MAY_BE });
  coverage.check(route, 'filters', (all?.items.length ?? 0) > 0, () => 'the list has no rows');
  if (all === undefined) return;
  for (const filter of filtersOf(route))
    for (const value of valuesFor(filter, schemasOf(route)[filter] ?? {}, all.items, plantOf)) {
      const expected = all.items.filter((row) => isWithin(filter, value, valueOf(row, filter, plantOf)));
      await checkRows(
        coverage,
        route,
        { ...input, ...AS_MANY_AS_MAY_BE, [filter]: value },
        expected,
        `${filter}=${String(value)}`,
      );
    }
  await checkOrders(coverage, route, input, all);
  await checkPages(coverage, route, input, all);
  await checkCsv(coverage, route, input, all);
  await checkCsvPages(coverage, route, input, all);
}

/** Values that occur in the rows, and one that does not occur. */
function valuesFor(
  filter: string,
  { type, format, enum: words }: JsonSchema,
  rows: readonly Row[],
  plantOf: ReadonlyMap<string, string>,
): unknown[] {
  const occurring = [
    ...new Set(
      rows.map((row) => valueOf(row, filter, plantOf)).filter((value) => value !== null && value !== undefined),
    ),
  ];
  if (format === 'date-time') return [...occurring.slice(0, 3), BEFORE_ALL, AFTER_ALL];
  const possible = Array.isArray(words)
    ? words
    : type === 'boolean'
      ? [true, false]
      : [format === 'uuid' ? randomUUID() : 'nowhere'];
  return [...occurring.slice(0, 3), ...possible.filter((value) => !occurring.includes(value)).slice(0, 1)];
}

const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

async function checkRows(
  coverage: Coverage,
  route: Route,
  input: Input,
  expected: readonly Row[],
  what: string,
): Promise<void> {
  const page = await pageOf(coverage, route, input);
  const isKept =
    page !== undefined && isDeepStrictEqual(idsOf(page.items), idsOf(expected)) && page.total === expected.length;
  coverage.check(
    route,
    'filters',
    isKept,
    () =>
      `${what} gives ${page?.items.length ?? 'no'} rows of a total of ${page?.total}, not the ${expected.length} that fit`,
  );
}

async function checkOrders(coverage: Coverage, route: Route, input: Input, all: Page): Promise<void> {
  const sorts = (schemasOf(route)['sort']?.['enum'] ?? []) as string[];
  for (const sort of sorts) {
    const field = sort.replace('-', '');
    const up = (a: Row, b: Row) => String(a[field]).localeCompare(String(b[field])) || a.id.localeCompare(b.id);
    const expected = [...all.items].sort(sort === field ? up : (a, b) => up(b, a));
    await checkRows(coverage, route, { ...input, ...AS_MANY_AS_MAY_BE, sort }, expected, `sort=${sort}`);
  }
}

/** Reads the list one row at a time: no row is missing or repeated. An invalid cursor is refused. */
async function checkPages(coverage: Coverage, route: Route, input: Input, all: Page): Promise<void> {
  const seen: string[] = [];
  let cursor: string | undefined;
  let isTotal = true;
  do {
    const page: Page | undefined = await pageOf(coverage, route, { ...input, limit: 1, cursor });
    seen.push(...idsOf(page?.items ?? []));
    isTotal &&= page?.total === all.items.length;
    cursor = page?.next_cursor ?? undefined;
  } while (cursor !== undefined && seen.length <= all.items.length);
  const isKept = isTotal && isDeepStrictEqual(seen, idsOf(all.items));
  coverage.check(
    route,
    'filters',
    isKept,
    () => `page by page there are ${seen.length} rows, or another total, instead of ${all.items.length}`,
  );
  const { errors = [] } = await coverage.refused(route, 'bad body 422', {
    what: 'an invalid cursor',
    codes: ['invalid'],
    input: { ...input, cursor: 'nothing' },
  });
  coverage.check(route, 'bad body 422', errors[0]?.path === 'cursor', () => 'the error does not name the cursor');
}

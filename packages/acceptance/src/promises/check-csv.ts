/** Checks a list as CSV: the fields and values of its rows, page by page. */
import { isDeepStrictEqual } from 'node:util';
import { BASE, type Input, type Route } from '../asking/endpoints.ts';
import { rowFieldsOf } from './applicable.ts';
import type { Coverage } from './coverage.ts';
import { readCsv } from './read-csv.ts';
import { AS_MANY_AS_MAY_BE, type Page } from './rows.ts';

const CSV = { accept: 'text/csv' };

export async function checkCsv(coverage: Coverage, route: Route, input: Input, all: Page): Promise<void> {
  const fields = rowFieldsOf(route) ?? [];
  const { status, headers, text } = await coverage.ask(route, { ...input, ...AS_MANY_AS_MAY_BE }, undefined, CSV);
  const [header = [], ...lines] = readCsv(text);
  const isCsv = status === 200 && (headers.get('content-type') ?? '').startsWith('text/csv');
  coverage.check(
    route,
    'CSV',
    isCsv && isDeepStrictEqual(header, fields),
    () => `${status} ${headers.get('content-type')}, the fields ${header.join()}`,
  );
  const extra = Object.keys(all.items[0] ?? {}).filter((field) => !fields.includes(field));
  coverage.check(route, 'CSV', extra.length === 0, () => `the rows also have ${extra.join()}`);
  const expected = all.items.map((row) => fields.map((field) => cellOf(row[field])));
  coverage.check(
    route,
    'CSV',
    isDeepStrictEqual(lines, expected),
    () => `the rows differ: ${JSON.stringify(lines[0])}, not ${JSON.stringify(expected[0])}`,
  );
}

/** Checks the headers of CSV pages: the number of rows, and the link to the next page. */
export async function checkCsvPages(coverage: Coverage, route: Route, input: Input, all: Page): Promise<void> {
  const { headers, text } = await coverage.ask(route, { ...input, limit: 1 }, undefined, CSV);
  const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]?.replace(BASE, '');
  const isKept =
    headers.get('x-total-count') === String(all.total) &&
    readCsv(text).length === 2 &&
    (next !== undefined) === all.total > 1;
  coverage.check(
    route,
    'CSV',
    isKept,
    () => `of ${all.total} rows a page of one says ${headers.get('x-total-count')}, ${next}`,
  );
  if (next === undefined) return;
  const following = await coverage.asker.send({ method: 'GET', path: next, headers: CSV });
  const id = (rowFieldsOf(route) ?? []).indexOf('id');
  coverage.check(
    route,
    'CSV',
    readCsv(following.text)[1]?.[id] === all.items[1]?.id,
    () => `the next page is ${following.text.slice(0, 200)}`,
  );
}

/** Null is an empty cell; text that a spreadsheet would read as a formula is marked as text. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/**
 * A list as CSV. Asked for a page, it is that page, and the headers have the next one. Else all rows are sent, page by
 * page, as fast as the client reads.
 */
import { once } from 'node:events';
import { Problem } from '@plantops/contracts';
import type { Request, Response } from 'express';
import { csvOf, type CsvPage } from './csv.ts';

/** Of one export. */
const MOST_ROWS = 100_000;
const PAGE_ROWS = 500;
const MOST_MS = 120_000;
/** A client that reads nothing for so long is disconnected. */
const PATIENCE_MS = 30_000;

type Input = Readonly<Record<string, unknown>>;
type Sent = {
  readonly columns: readonly string[];
  readonly input: Input;
  /** Asks for a page of the list: its JSON. */
  readonly ask: (input: Input) => Promise<string>;
};

/** Whether the client asks for one page. */
const isPage = ({ limit, cursor }: Input): boolean => limit !== undefined || cursor !== undefined;

/** Sends it. Throws as long as no row was sent; after that, the last line says why rows are missing. */
export async function sendCsv(request: Request, response: Response, { columns, input, ask }: Sent): Promise<void> {
  const page = csvOf(columns, await ask(isPage(input) ? input : { ...input, limit: String(PAGE_ROWS) }));
  response.status(200).setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
  response.vary('Accept');
  response.setHeader('X-Total-Count', String(page.total));
  response.setHeader('Content-Disposition', `attachment; filename="${nameOf(request)}.csv"`);
  if (request.method === 'HEAD') return void response.end();
  if (isPage(input)) {
    if (page.next !== null) response.setHeader('Link', `<${linkTo(request, page.next)}>; rel="next"`);
    return void response.end(`${headerOf(columns)}${page.rows}`);
  }
  response.write(headerOf(columns));
  await sendRows(response, page, (cursor) => ask({ ...input, limit: String(PAGE_ROWS), cursor }), columns);
}

async function sendRows(
  response: Response,
  first: CsvPage,
  askNext: (cursor: string) => Promise<string>,
  columns: readonly string[],
): Promise<void> {
  const end = Date.now() + MOST_MS;
  let [page, sent] = [first, 0];
  for (;;) {
    sent += page.count;
    if (!response.write(page.rows)) await drained(response);
    if (page.next === null || response.destroyed) return void response.end();
    const next = limitReached(sent, end) ?? (await nextPage(columns, page.next, askNext));
    if (typeof next === 'string')
      return void response.end(`"# cut after ${sent} rows: ${next}; the rest: cursor=${page.next}"\r\n`);
    page = next;
  }
}

const limitReached = (sent: number, end: number): string | undefined => {
  if (sent >= MOST_ROWS) return `one export has at most ${MOST_ROWS} rows`;
  return Date.now() > end ? `one export takes at most ${MOST_MS / 1_000} s` : undefined;
};

/** The next page, or why there is none. */
const nextPage = async (
  columns: readonly string[],
  cursor: string,
  askNext: (cursor: string) => Promise<string>,
): Promise<CsvPage | string> => {
  try {
    return csvOf(columns, await askNext(cursor));
  } catch (error) {
    return error instanceof Problem ? error.message.replaceAll('"', "'") : 'an unexpected error';
  }
};

/** Resolves when the client has read what was sent, or is gone. */
async function drained(response: Response): Promise<void> {
  if (response.destroyed) return;
  const done = new AbortController();
  const patience = setTimeout(() => response.destroy(), PATIENCE_MS);
  try {
    await Promise.race(['drain', 'close'].map((event) => once(response, event, { signal: done.signal })));
  } finally {
    clearTimeout(patience);
    done.abort();
  }
}

const headerOf = (columns: readonly string[]): string => `${columns.join(',')}\r\n`;
/** The last part of the path that is a word. */
const nameOf = ({ path }: Request): string => path.split('/').findLast((part) => /^[a-z-]+$/.test(part)) ?? 'list';
const linkTo = (request: Request, cursor: string): string => {
  const query = new URLSearchParams(request.query as Record<string, string>);
  query.set('cursor', cursor);
  return `${request.baseUrl}${request.path}?${query.toString()}`;
};

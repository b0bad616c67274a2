/** Merges the lists of several services into one ordered list. */
import { parseInput, writeCursor, type Operation } from '@plantops/contracts';
import type { Bus } from '@plantops/service-kit';
import { z } from 'zod';
import type { Answering } from './answering.ts';

type Item = Record<string, unknown> & { id: string };
type Page = { items: Item[]; next_cursor: string | null; total: number; total_is_capped: boolean };
const pageInput = z.looseObject({ limit: z.number(), sort: z.string() });
const TOTAL_CAP = 10_000;

export const mergedList =
  (bus: Bus, operations: readonly Operation[]): Answering =>
  async (input, call) => {
    const { limit, sort } = pageInput.parse(parseInput((operations[0] as Operation).input, input));
    const pages = await Promise.all(
      operations.map(async (operation) => (await bus.call(operation, input, call)) as Page),
    );
    const inOrder = orderOf(sort);
    // A service's page may end before its limit. Rows after that end go to the next page, since that service may have
    // earlier ones.
    const ends = pages.flatMap((page) => (page.next_cursor === null ? [] : page.items.slice(-1)));
    const items = pages
      .flatMap((page) => page.items)
      .filter((item) => ends.every((end) => inOrder(item, end) <= 0))
      .sort(inOrder)
      .slice(0, limit);
    const last = items.at(-1);
    const more =
      last !== undefined &&
      (pages.some(({ next_cursor }) => next_cursor !== null) ||
        pages.reduce((sum, page) => sum + page.items.length, 0) > items.length);
    const total = pages.reduce((sum, page) => sum + page.total, 0);
    const page: Page = {
      items,
      next_cursor: more ? writeCursor(sort, { value: valueOf(last, sort), id: last.id }) : null,
      total: Math.min(total, TOTAL_CAP),
      total_is_capped: total > TOTAL_CAP || pages.some(({ total_is_capped }) => total_is_capped),
    };
    return { body: Buffer.from(JSON.stringify(page)) };
  };

const valueOf = (item: Item, sort: string): string => String(item[sort.replace('-', '')]);
const orderOf = (sort: string) => (a: Item, b: Item) => {
  const order = valueOf(a, sort).localeCompare(valueOf(b, sort)) || a.id.localeCompare(b.id);
  return sort.startsWith('-') ? -order : order;
};

/** Each consuming service lists the line events it rejected; clients see one list, newest first. */
import { listDowntimeRejections, listProductionRejections, parseInput, writeCursor, type RejectionRow } from '@plantops/contracts';
import type { Bus } from '@plantops/service-kit';
import type { Answering } from '../http/mount.ts';
import type { Route } from '../routes.ts';

const OPERATIONS = [listProductionRejections, listDowntimeRejections];
const TOTAL_CAP = 10_000;

export const rejectionsRoute = (bus: Bus): { route: Route; answer: Answering } => ({
  route: { method: 'get', path: '/ingest/rejections', operation: listProductionRejections },
  answer: async (input, call) => {
    const { limit, sort } = parseInput(listProductionRejections.input, input);
    const pages = await Promise.all(
      OPERATIONS.map((operation) =>
        bus.call(operation, input as Parameters<typeof bus.call<typeof operation.input, typeof operation.output>>[1], call),
      ),
    );
    const inOrder = newestFirst(sort);
    // A page may end before its limit. What lies beyond such an end is left to the next page: more may come in between.
    const ends = pages.flatMap((page) => (page.next_cursor === null ? [] : page.items.slice(-1)));
    const items = pages
      .flatMap((page) => page.items)
      .filter((item) => ends.every((end) => inOrder(item, end) <= 0))
      .sort(inOrder)
      .slice(0, limit);
    const last = items.at(-1);
    const more =
      last !== undefined &&
      (pages.some(({ next_cursor }) => next_cursor !== null) || pages.reduce((sum, page) => sum + page.items.length, 0) > items.length);
    const total = pages.reduce((sum, page) => sum + page.total, 0);
    return {
      body: JSON.stringify({
        items,
        next_cursor: more ? writeCursor(sort, { value: last.rejected_at, id: last.id }) : null,
        total: Math.min(total, TOTAL_CAP),
        total_is_capped: total > TOTAL_CAP || pages.some(({ total_is_capped }) => total_is_capped),
      }),
    };
  },
});

const newestFirst = (sort: string) => (a: RejectionRow, b: RejectionRow) => {
  const order = a.rejected_at.localeCompare(b.rejected_at) || a.id.localeCompare(b.id);
  return sort.startsWith('-') ? -order : order;
};

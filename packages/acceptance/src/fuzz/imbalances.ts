/** Whether the ledger holds what the rows say that it should. */
import { getReconciliation, listBatches, listDowntimes, listMoneyLeaks, listScrap } from '@plantops/contracts';
import { bodyOf, type Asker } from '../asking/asker.ts';
import { routeOf } from '../asking/endpoints.ts';

/** Nearly as much as can be asked for at once: a day in which clocks change may be longer. */
const MONTH_MS = 28 * 86_400_000;
/** The days that requests are thought up about, and those of the examples. */
const windows = (): { from: string; to: string }[] =>
  [Date.now() + MONTH_MS / 10, Date.now() - (MONTH_MS * 9) / 10, Date.parse('2026-03-15T00:00:00Z')].map((to) => ({
    from: new Date(to - MONTH_MS).toISOString(),
    to: new Date(to).toISOString(),
  }));

/** The lines of which a fact got lost on its way. */
export const imbalances = async (asker: Asker, lines: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const line_id of lines)
    for (const window of windows()) {
      const answered = await asker.ask(routeOf(getReconciliation), { line_id, ...window });
      const { imbalance_minutes } = bodyOf(answered) as { imbalance_minutes?: number };
      if (imbalance_minutes !== 0)
        found.push(`${line_id} from ${window.from}: ${answered.status} ${answered.text}\n${await storyOf(asker, line_id)}`);
    }
  return found;
};

/** What is on record of a line, for who looks for the fact. */
const storyOf = async (asker: Asker, line_id: string): Promise<string> => {
  const lists = [listBatches, listDowntimes, listScrap, listMoneyLeaks].map(async (operation) => {
    const answered = await asker.ask(routeOf(operation), { line_id, limit: 500 });
    return `${operation.subject}: ${answered.text}`;
  });
  return (await Promise.all(lists)).join('\n');
};

/** Checks the ledger against the rows, by reconciliation. */
import { getReconciliation, listBatches, listDowntimes, listMoneyLeaks, listScrap } from '@plantops/contracts';
import { bodyOf, type Asker } from '../asking/asker.ts';
import { routeOf } from '../asking/endpoints.ts';

/** Nearly the longest window that can be asked for; a day with a clock change may be longer. */
const MONTH_MS = 28 * 86_400_000;
/** The days of the generated requests, and those of the examples. */
const windows = (): { from: string; to: string }[] =>
  [Date.now() + MONTH_MS / 10, Date.now() - (MONTH_MS * 9) / 10, Date.parse('2026-03-15T00:00:00Z')].map((to) => ({
    from: new Date(to - MONTH_MS).toISOString(),
    to: new Date(to).toISOString(),
  }));

/** The lines with an imbalance. */
export async function imbalances(asker: Asker, lines: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const line_id of lines)
    for (const window of windows()) {
      const answered = await asker.ask(routeOf(getReconciliation), { line_id, ...window });
      const { imbalance_minutes } = bodyOf(answered) as { imbalance_minutes?: number };
      if (imbalance_minutes !== 0)
        found.push(
          `${line_id} from ${window.from}: ${answered.status} ${answered.text}\n${await storyOf(asker, line_id)}`,
        );
    }
  return found;
}

/** The rows of a line, to find the lost fact. */
async function storyOf(asker: Asker, line_id: string): Promise<string> {
  const lists = [listBatches, listDowntimes, listScrap, listMoneyLeaks].map(async (operation) => {
    const answered = await asker.ask(routeOf(operation), { line_id, limit: 500 });
    return `${operation.subject}: ${answered.text}`;
  });
  return (await Promise.all(lists)).join('\n');
}

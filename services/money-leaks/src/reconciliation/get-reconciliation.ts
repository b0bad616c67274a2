import { cellsOf, reconcile, type Category, type Cell } from '@plantops/accounting';
import { useCase } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, type ProductRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { wholeDays } from '../facts/days.rules.ts';
import { AHEAD_MS } from '../facts/fact.rules.ts';
import { iso, MS_PER_DAY } from '../facts/intervals.rules.ts';
import type { LineWindow } from '../facts/rows.rules.ts';
import { columnsOf } from '../facts/sql.ts';
import { wholeWindow } from '../figures/windows.rules.ts';
import { lineWindows } from '../figures/windows.ts';
import { answerOf, computedUpTo } from './reconciliation.rules.ts';
import { sourceFacts } from './source-facts.ts';

const MOST_DAYS = 31;
const LINES_AT_ONCE = 8;

/**
 * The ladder, computed from the rows of production and downtimes, against the ledger: leg by leg, in whole cells, cut
 * at now.
 */
export const getReconciliation = useCase(
  contracts.getReconciliation,
  ({ database, bus, now }: Deps) =>
    async (input, call) => {
      const at = now();
      const { windows, products, trialBatches, ledger } = await database.transact(call.tenant, async (tx) => {
        const named = await lineWindows(tx, input, at);
        const longest = Math.max(0, ...named.map(({ window }) => window.to - window.from));
        if (longest > MOST_DAYS * MS_PER_DAY)
          throw Problem.field('from', `must be at most ${MOST_DAYS} days before to`);
        const whole = named.map((one) => ({ ...one, window: wholeDays(one.plant, one.window) }));
        return {
          windows: whole,
          products: await readProducts(tx),
          trialBatches: await readTrialBatches(tx),
          ledger: await readLedgerTimes(tx, whole, at),
        };
      });
      const cells: Cell[] = [];
      for (let index = 0; index < windows.length; index += LINES_AT_ONCE) {
        const ofLines = await Promise.all(
          windows.slice(index, index + LINES_AT_ONCE).map(async ({ line, plant, window }) => {
            const facts = await sourceFacts(bus, { line, plant, products, trialBatches }, window, call);
            return cellsOf(facts, window, computedUpTo(facts, Date.parse(at)));
          }),
        );
        cells.push(...ofLines.flat());
      }
      const window = wholeWindow(
        windows.map(({ window: ofLine }) => ofLine),
        input,
        at,
      );
      return answerOf(reconcile(cells, ledger), window, Date.parse(at));
    },
);

async function readProducts(tx: Tx): Promise<ProductRow[]> {
  const text = "select data from master where tenant_id = $1 and kind = 'product'";
  const rows = await tx.query<{ data: ProductRow }>(text, [tx.tenant]);
  return rows.map(({ data }) => data);
}

async function readTrialBatches(tx: Tx): Promise<Set<string>> {
  const rows = await tx.query<{ batch_id: string }>(
    `select batch_id
     from fact
     where tenant_id = $1 and kind = 'trial' and batch_id is not null
       and data->>'status' in ('in_progress', 'completed')`,
    [tx.tenant],
  );
  return new Set(rows.map(({ batch_id }) => batch_id));
}

/**
 * The net machine time of the postings in each line's window; what people recorded by hand stands beside the ladder.
 */
function readLedgerTimes(
  tx: Tx,
  windows: readonly LineWindow[],
  now: string,
): Promise<{ category: Category; time_ms: string }[]> {
  return tx.query(
    `select t.category, sum(t.time_ms)::text as time_ms
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(line_id, since, until)
     join money_leak t
       on t.tenant_id = $1 and t.line_id = w.line_id
       and t.occurred_from >= w.since and t.occurred_from < least(w.until, $5)
     where t.source_type <> 'manual' and t.time_ms is not null
     group by t.category`,
    [
      tx.tenant,
      ...columnsOf(windows.map(({ line, window }) => ({ line_id: line.id, interval: window }))),
      iso(Date.parse(now) + AHEAD_MS),
    ],
  );
}

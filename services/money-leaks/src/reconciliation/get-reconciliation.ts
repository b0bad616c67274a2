import {
  cellsOf,
  LEG_NAMES,
  MS_PER_MINUTE,
  reconcile,
  type Category,
  type Cell,
  type Interval,
  type Legs,
  type LineFacts,
} from '@plantops/accounting';
import { Problem, type getReconciliation as contract, type ProductRow } from '@plantops/contracts';
import type { Database, Tx } from '@plantops/persistence';
import type { Bus, Call, Clock } from '@plantops/service-kit';
import type { z } from 'zod';
import { wholeDays, type LineWindow } from '../facts/load-facts.ts';
import { hullOf, lineWindows } from '../figures/windows.ts';
import { sourceFacts } from './source-facts.ts';

type Deps = { readonly database: Database; readonly bus: Bus; readonly now: Clock };
type LedgerTime = { category: Category; time_ms: string };
const MOST_DAYS = 31;
const LINES_AT_ONCE = 8;

/** The ladder, recomputed from the rows of production and downtimes, against the ledger: leg by leg, in whole cells, cut at now. */
export const getReconciliation =
  ({ database, bus, now }: Deps) =>
  async (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> => {
    const at = now();
    const { windows, products, trials, ledger } = await database.transact(call.tenant, async (tx) => {
      const named = await lineWindows(tx, input, at);
      const longest = Math.max(0, ...named.map(({ window }) => window.to - window.from));
      if (longest > MOST_DAYS * 86_400_000) throw Problem.field('from', `must be at most ${MOST_DAYS} days before to`);
      const wide = named.map((one) => ({ ...one, window: wholeDays(one.plant, one.window) }));
      return { windows: wide, products: await productsOf(tx), trials: await trialBatchesOf(tx), ledger: await ledgerTimes(tx, wide, at) };
    });
    const cells: Cell[] = [];
    for (let index = 0; index < windows.length; index += LINES_AT_ONCE) {
      const ofLines = await Promise.all(
        windows.slice(index, index + LINES_AT_ONCE).map(async ({ line, plant, window }) => {
          const facts = await sourceFacts(bus, { line, plant, products, trialBatches: trials }, window, call);
          return cellsOf(facts, window, soFar(facts, at));
        }),
      );
      cells.push(...ofLines.flat());
    }
    return answerOf(
      reconcile(cells, ledger),
      hullOf(
        windows.map(({ window }) => window),
        input,
        at,
      ),
      at,
    );
  };

/** Clocks differ: a batch or stop may have ended a little ahead of now. It is posted whole, and so it is reckoned whole. */
const AHEAD_MS = 10 * 60_000;
const soFar = ({ stops, batches }: LineFacts, now: string): number =>
  Math.max(Date.parse(now), ...[...stops, ...batches].map(({ to }) => to ?? 0));

const minutes = (ms: string | number): number => Number((Number(ms) / MS_PER_MINUTE).toFixed(6));

const answerOf = (result: ReturnType<typeof reconcile>, hull: Interval, now: string) => {
  const inMinutes = (legs: Legs) =>
    Object.fromEntries(LEG_NAMES.map((leg) => [leg, minutes(legs[leg])])) as Record<(typeof LEG_NAMES)[number], number>;
  return {
    effective_from: new Date(Math.min(hull.from, Date.parse(now))).toISOString(),
    effective_to: new Date(Math.min(hull.to, Date.parse(now))).toISOString(),
    pbt_minutes: minutes(result.pbt_ms),
    good_minutes: minutes(result.good_ms),
    unposted_minutes: minutes(result.unposted_ms),
    source: inMinutes(result.source),
    ledger: inMinutes(result.ledger),
    imbalance_minutes: minutes(result.imbalance_ms),
  };
};

const productsOf = async (tx: Tx): Promise<ProductRow[]> =>
  (await tx.query<{ data: ProductRow }>("select data from master where tenant_id = $1 and kind = 'product'", [tx.tenant])).map(
    ({ data }) => data,
  );

const trialBatchesOf = async (tx: Tx): Promise<Set<string>> => {
  const rows = await tx.query<{ batch_id: string }>(
    "select batch_id from fact where tenant_id = $1 and kind = 'trial' and batch_id is not null and data->>'status' in ('in_progress', 'completed')",
    [tx.tenant],
  );
  return new Set(rows.map(({ batch_id }) => batch_id));
};

/** The net machine time of the postings of each line's window; what people recorded by hand stands beside the ladder. */
const ledgerTimes = (tx: Tx, windows: readonly LineWindow[], now: string): Promise<LedgerTime[]> =>
  tx.query<LedgerTime>(
    `select t.category, sum(t.time_ms)::text as time_ms from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(line_id, since, until)
     join money_leak t on t.tenant_id = $1 and t.line_id = w.line_id and t.occurred_from >= w.since and t.occurred_from < least(w.until, $5)
     where t.source_type <> 'manual' and t.time_ms is not null group by t.category`,
    [
      tx.tenant,
      windows.map(({ line }) => line.id),
      windows.map(({ window }) => new Date(window.from).toISOString()),
      windows.map(({ window }) => new Date(window.to).toISOString()),
      new Date(Date.parse(now) + AHEAD_MS).toISOString(),
    ],
  );

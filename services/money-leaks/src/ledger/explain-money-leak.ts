import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { LEDGER_COLUMNS, type LedgerRow } from '../postings/ledger-row.ts';
import { arithmeticOf, type Cell } from './arithmetic.rules.ts';
import { findLeak } from './get-money-leak.ts';

type Explanation = contracts.OutputOf<typeof contracts.explainMoneyLeak>;
type Source = Explanation['cause']['source'];

/**
 * Where a posting comes from: its cause and the fact behind it, its inputs, and the amount computed again from them.
 */
export const explainMoneyLeak = query(contracts.explainMoneyLeak, () => async ({ id }, { tx }) => {
  const money_leak = await findLeak(tx, id);
  const row = await readRow(tx, id);
  const { source_type, source_id, cause_event_id: event_id } = money_leak;
  const source = await readSource(tx, source_id);
  const reversed_by = await readReversal(tx, id);
  const { amount, ...rest } = arithmeticOf(row, await readSiblings(tx, row));
  return {
    money_leak,
    cause: { event_id, source_type, source_id, source },
    reversed_by,
    ...rest,
    recomputed_amount_usd: amount,
    is_same: Number(amount) === Number(row.amount),
  };
});

async function readRow(tx: Tx, id: string): Promise<LedgerRow> {
  const [row] = await tx.query<LedgerRow>(
    `select ${LEDGER_COLUMNS}
     from money_leak
     where tenant_id = $1 and id = $2`,
    [tx.tenant, id],
  );
  return row as LedgerRow;
}

/** The stop, batch or scrap event that a posting is for; null for one that people recorded. */
async function readSource(tx: Tx, sourceId: string): Promise<Source> {
  const [fact] = await tx.query<{ data: NonNullable<Source> }>(
    `select data from fact
     where tenant_id = $1 and id = $2 and kind in ('stop', 'batch', 'scrap')`,
    [tx.tenant, sourceId],
  );
  return fact?.data ?? null;
}

async function readReversal(tx: Tx, id: string): Promise<string | null> {
  const [reversal] = await tx.query<{ id: string }>(
    `select id from money_leak
     where tenant_id = $1 and reverses_id = $2`,
    [tx.tenant, id],
  );
  return reversal?.id ?? null;
}

/**
 * The cells of a batch are priced together: those not yet reversed when this row, or the row it reverses, was recorded.
 */
async function readSiblings(tx: Tx, { rule, source_id, reverses_id, id }: LedgerRow): Promise<Cell[]> {
  if (rule !== 'slow_cycle') return [];
  return tx.query<Cell>(
    `select t.id, t.time_ms::text, t.hourly_cost::text
     from money_leak t
     join money_leak self on self.tenant_id = $1 and self.id = $4
     where t.tenant_id = $1 and t.source_id = $2 and t.rule = $3 and t.reverses_id is null
       and t.recorded_at <= self.recorded_at
       and not exists (
         select from money_leak r
         where r.tenant_id = $1 and r.reverses_id = t.id and r.recorded_at <= self.recorded_at)
     order by t.id`,
    [tx.tenant, source_id, rule, reverses_id ?? id],
  );
}

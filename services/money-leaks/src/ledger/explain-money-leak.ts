import type { explainMoneyLeak as contract } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { arithmeticOf, type Cell } from './arithmetic.rules.ts';
import { findLeak } from './get-money-leak.ts';
import { LEDGER_COLUMNS, type LedgerRow } from '../postings/ledger-row.ts';

type Explanation = z.infer<typeof contract.output>;

/** Where a posting comes from: its cause and the fact behind it, its inputs, and the amount computed once more from them. */
export const explainMoneyLeak =
  ({ database }: Deps) =>
  ({ id }: z.infer<typeof contract.input>, call: Call): Promise<Explanation> =>
    database.transact(call.tenant, async (tx) => {
      const money_leak = await findLeak(tx, id);
      const [row] = await tx.query<LedgerRow>(`select ${LEDGER_COLUMNS} from money_leak where tenant_id = $1 and id = $2`, [tx.tenant, id]);
      const [fact] = await tx.query<{ data: NonNullable<Explanation['cause']['source']> }>(
        "select data from fact where tenant_id = $1 and id = $2 and kind in ('stop', 'batch', 'scrap')",
        [tx.tenant, money_leak.source_id],
      );
      const [reversal] = await tx.query<{ id: string }>('select id from money_leak where tenant_id = $1 and reverses_id = $2', [
        tx.tenant,
        id,
      ]);
      const { source_type, source_id, cause_event_id: event_id } = money_leak;
      const { amount, ...rest } = arithmeticOf(row as LedgerRow, await siblingsOf(tx, row as LedgerRow));
      return {
        money_leak,
        cause: { event_id, source_type, source_id, source: fact?.data ?? null },
        reversed_by: reversal?.id ?? null,
        ...rest,
        recomputed_amount_usd: amount,
        is_same: Number(amount) === Number((row as LedgerRow).amount),
      };
    });

/** The cells of a batch are priced together: those that stood in the ledger when this one was recorded, or what it takes back was. */
const siblingsOf = (tx: Tx, { rule, source_id, reverses_id, id }: LedgerRow): Promise<Cell[]> =>
  rule !== 'slow_cycle'
    ? Promise.resolve([])
    : tx.query<Cell>(
        `select t.id, t.time_ms::text, t.hourly_cost::text from money_leak t
         join money_leak self on self.tenant_id = $1 and self.id = $4
         where t.tenant_id = $1 and t.source_id = $2 and t.rule = $3 and t.reverses_id is null and t.recorded_at <= self.recorded_at
           and not exists (select from money_leak r where r.tenant_id = $1 and r.reverses_id = t.id and r.recorded_at <= self.recorded_at)
         order by t.id`,
        [tx.tenant, source_id, rule, reverses_id ?? id],
      );

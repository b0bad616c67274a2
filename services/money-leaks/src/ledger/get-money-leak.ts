import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, type MoneyLeakView } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { LEAK_ANSWER, LEAK_TABLE } from './leak-view.ts';

/** A posting as it is answered. Throws `not_found`. */
export async function findLeak(tx: Tx, id: string): Promise<MoneyLeakView> {
  const [leak] = await tx.query<MoneyLeakView>(
    `select ${LEAK_ANSWER}
     from ${LEAK_TABLE}
     where t.tenant_id = $1 and t.id = $2`,
    [tx.tenant, id],
  );
  if (!leak) throw new Problem('not_found', `there is no money leak ${id}`);
  return leak;
}

export const getMoneyLeak = query(
  contracts.getMoneyLeak,
  () =>
    ({ id }, { tx }) =>
      findLeak(tx, id),
);

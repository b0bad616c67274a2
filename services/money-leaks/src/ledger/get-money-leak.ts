import { Problem, type MoneyLeakRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { LEAK_VIEW } from './ledger-row.ts';

export const getMoneyLeak =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<MoneyLeakRow> =>
    database.transact(call.tenant, async (tx) => {
      const [leak] = await tx.query<MoneyLeakRow>(`select ${LEAK_VIEW} from money_leak t where t.tenant_id = $1 and t.id = $2`, [
        tx.tenant,
        id,
      ]);
      if (!leak) throw new Problem('not_found', `there is no money leak ${id}`);
      return leak;
    });

import { Problem, type downtimeView } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { VIEW } from './view.ts';

export const getDowntime =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<z.infer<typeof downtimeView>> =>
    database.transact(call.tenant, async (tx) => {
      const [row] = await tx.query<z.infer<typeof downtimeView>>(`select ${VIEW} from downtime t where t.tenant_id = $1 and t.id = $2`, [
        tx.tenant,
        id,
      ]);
      if (!row) throw new Problem('not_found', `there is no downtime ${id}`);
      return row;
    });

import type { listSensorRejections as contract, RejectionRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listRejections =
  ({ database }: Deps) =>
  (page: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<RejectionRow>(
        tx,
        'line_event_rejection t',
        [],
        page,
        "t.id, t.tenant_id, 'sensors' as service, t.line_code, t.kind, t.event_id, t.reason, t.body, t.rejected_at",
      ),
    );

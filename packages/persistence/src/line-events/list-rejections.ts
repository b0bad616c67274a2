import type { RejectionRow } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Commander } from '../rows/idempotency.ts';
import { listPage, type Page, type PageRequest } from '../rows/list-page.ts';

/** What a service has rejected of a tenant's line events, each with the reason that its sender was told. */
export const listRejections =
  (database: Database, service: string) =>
  (page: PageRequest, { tenant }: Commander): Promise<Page<RejectionRow>> =>
    database.transact(tenant, (tx) =>
      listPage<RejectionRow>(
        tx,
        'line_event_rejection t',
        [],
        page,
        `t.id, t.tenant_id, '${service}' as service, t.line_code, t.kind, t.event_id, t.reason, t.body, t.rejected_at`,
      ),
    );

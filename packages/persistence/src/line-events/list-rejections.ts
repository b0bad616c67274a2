import type { JsonText, RejectionRow } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Commander } from '../rows/idempotency.ts';
import { listPage, view, type Page, type PageRequest } from '../rows/list-page.ts';

type Filters = Readonly<Partial<Record<'line_code' | 'kind' | 'event_id' | 'from', string | undefined>>>;

/** The line events of a tenant that a service rejected, with the reason that was sent to their publisher. */
export const listRejections =
  (database: Database, service: string) =>
  (
    { line_code, kind, event_id, from, ...page }: PageRequest & Filters,
    { tenant }: Commander,
  ): Promise<JsonText<Page<RejectionRow>>> =>
    database.transact(tenant, (tx) =>
      listPage(
        tx,
        view<RejectionRow>(
          'line_event_rejection t',
          `t.id, t.tenant_id, '${service}' as service, t.line_code, t.kind, t.event_id, t.reason, t.body, t.rejected_at,
           t.times, coalesce(t.last_rejected_at, t.rejected_at) as last_rejected_at`,
        ),
        [
          ['t.line_code = ?', line_code],
          ['t.kind = ?', kind],
          ['t.event_id = ?', event_id],
          ['t.rejected_at >= ?', from],
        ],
        page,
      ),
    );

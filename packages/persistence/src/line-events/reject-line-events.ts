/** Line events that can never be applied: listed with the reason, and published for the tenant's own line systems. */
import { createHash } from 'node:crypto';
import { code, ownerOfKind, type LineEvent, type Unusable } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import { orderedRecords, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import { enqueue } from '../outbox/outbox.ts';
import type { LineEventHandler } from './verdict.ts';

const MOST_BODY_CHARACTERS = 4_000;

/** `subject` distinguishes equal bodies that came on different subjects; without it, the line and the kind do. */
export type Rejection = Unusable & { readonly body: string; readonly subject?: string };

export function rejectionOf(event: LineEvent, reason: string): Rejection {
  return {
    tenant: event.tenant,
    line: event.line,
    kind: event.kind,
    id: event.body.id,
    reason,
    body: JSON.stringify(event.body),
  };
}

/** Rejects those whose kind the service owns; the owners of other kinds reject theirs. */
export function reject(
  tx: Tx,
  { service }: LineEventHandler,
  rejections: readonly Rejection[],
  now: string,
): Promise<void> {
  return rejectMessages(
    tx,
    rejections.filter(({ kind }) => ownerOfKind(kind) === service),
    now,
  );
}

/**
 * Rejects line events whose id was claimed. The id is free again, so that the sender can correct the event and send it
 * again.
 */
export async function unclaimAndReject(
  tx: Tx,
  handler: LineEventHandler,
  rejections: readonly Rejection[],
  now: string,
): Promise<void> {
  if (rejections.length === 0) return;
  const ids = rejections.map(({ id }) => id);
  await tx.query(sql`delete from line_event where tenant_id = ${tx.tenant} and event_id = any(${ids})`);
  await reject(tx, handler, rejections, now);
}

/** Lists each rejection once, counts how often it came, and publishes it once on `plantops.rejected.<tenant>.<line code>`. */
export async function rejectMessages(tx: Tx, rejections: readonly Rejection[], now: string): Promise<void> {
  if (rejections.length === 0) return;
  const rows = [
    ...Map.groupBy(
      rejections.map((rejection) => rowOf(rejection)),
      ({ fingerprint }) => fingerprint,
    ).values(),
  ].map((same) => ({ ...(same[0] as Row), times: same.length }));
  const listed = await tx.query<{ id: string }>(sql`
    insert into line_event_rejection as l
      (id, tenant_id, line_code, kind, event_id, reason, body, fingerprint, rejected_at, times)
    select id, ${tx.tenant}, line_code, kind, event_id, reason, body, fingerprint, ${now}, times
    from ${orderedRecords('r', rows, COLUMNS)}
    order by place
    on conflict (tenant_id, fingerprint) do update
    set times = l.times + excluded.times, last_rejected_at = excluded.rejected_at
    returning id`);
  const isListed = new Set(listed.map(({ id }) => id));
  await enqueue(
    tx,
    rows
      .filter(({ id }) => isListed.has(id))
      .map(({ id, line_code, kind, event_id, reason }) => ({
        id,
        // A text that is no code cannot be part of a subject: the broker would refuse it for ever, and block what comes
        // after it.
        subject: `plantops.rejected.${tx.tenant}.${code.safeParse(line_code).success ? line_code : '_'}`,
        payload: JSON.stringify({ id, line_code, kind, event_id, reason, rejected_at: now }),
      })),
  );
}

const COLUMNS = {
  id: 'uuid',
  line_code: 'text',
  kind: 'text',
  event_id: 'text',
  reason: 'text',
  body: 'text',
  fingerprint: 'text',
  times: 'integer',
} as const;
type Row = ReturnType<typeof rowOf>;

function rowOf({ line, kind, id, reason, body, subject }: Rejection) {
  const [line_code, kindName] = [storable(line), storable(kind)];
  return {
    id: uuidv7(),
    line_code,
    kind: kindName,
    event_id: id === null ? null : storable(id),
    reason: storable(reason),
    body: storable(body.slice(0, MOST_BODY_CHARACTERS)),
    // Of the whole body: two that begin alike are two rejections.
    fingerprint: sha256(`${subject ?? `${line_code}.${kindName}`}.${storable(body)}`),
  };
}

/** PostgreSQL stores every character but NUL. A message with one is listed without it. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

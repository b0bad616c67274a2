/**
 * The ids of line events are stored for ever: the same event again changes nothing, and an id is never used for two
 * events.
 */
import { createHash } from 'node:crypto';
import type { LineEvent } from '@plantops/contracts';
import { records, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

/** `fresh`: seen for the first time. `repeated`: seen before. `conflicting`: the id belongs to another event. */
export type Claimed = {
  readonly fresh: LineEvent[];
  readonly repeated: LineEvent[];
  readonly conflicting: LineEvent[];
};

/**
 * Stores the ids, also those of kinds that another service applies: an id is used once in a tenant, whatever its kind.
 */
export async function claimLineEvents(tx: Tx, events: readonly LineEvent[]): Promise<Claimed> {
  if (events.length === 0) return { fresh: [], repeated: [], conflicting: [] };
  const marked = events.map((event) => ({ event, event_id: event.body.id, fingerprint: fingerprintOf(event) }));
  const firstOfId = new Map(marked.toReversed().map((entry) => [entry.event_id, entry]));
  const firsts = [...firstOfId.values()];
  const inserted = await tx.query<{ event_id: string }>(sql`
    insert into line_event (tenant_id, event_id, fingerprint)
    select ${tx.tenant}, event_id, fingerprint
    from ${records('e', firsts, { event_id: 'text', fingerprint: 'text' })}
    on conflict do nothing
    returning event_id`);
  const isNew = new Set(inserted.map(({ event_id }) => event_id));
  const fingerprints = new Map(firsts.map(({ event_id, fingerprint }) => [event_id, fingerprint]));
  const seen = firsts.filter(({ event_id }) => !isNew.has(event_id)).map(({ event_id }) => event_id);
  for (const { event_id, fingerprint } of await findFingerprints(tx, seen)) fingerprints.set(event_id, fingerprint);
  const claimed: Claimed = { fresh: [], repeated: [], conflicting: [] };
  for (const entry of marked) {
    const isFirst = firstOfId.get(entry.event_id) === entry && isNew.has(entry.event_id);
    const isSame = fingerprints.get(entry.event_id) === entry.fingerprint;
    claimed[isFirst ? 'fresh' : isSame ? 'repeated' : 'conflicting'].push(entry.event);
  }
  return claimed;
}

type Stored = { readonly event_id: string; readonly fingerprint: string };

/** The fingerprints of ids that were stored before. */
async function findFingerprints(tx: Tx, ids: readonly string[]): Promise<Stored[]> {
  if (ids.length === 0) return [];
  return tx.query<Stored>(sql`
    select event_id, fingerprint
    from line_event
    where tenant_id = ${tx.tenant} and event_id = any(${ids})`);
}

/** The same event has the same fingerprint, whatever the order of its fields. */
function fingerprintOf({ line, kind, body }: LineEvent): string {
  const fields = Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([line, kind, fields]))
    .digest('base64url');
}

/** Requests that are authenticated by an API key. */
import { timingSafeEqual } from 'node:crypto';
import type { Base } from '@plantops/backbone';
import { Problem } from '@plantops/contracts';
import { columnsOf, type Database } from '@plantops/persistence';
import { AcceptedProofs, type Caller, type Proof } from '../identity/authenticate.ts';
import type { LimitRate } from '../admission/limit-rate.ts';
import { isUsable, parseKey } from './api-key.rules.ts';
import { ApiKey } from './api-key.table.ts';
import { hashOf } from './create-api-key.ts';
import type { StoredKey } from './stored-key.ts';

/** How long a revoked key may still work. */
const ACCEPTED_MS = 1_000;
/** A client with a good key in the last minutes is not slowed by wrong guesses from the same address. */
const LATELY_MS = 600_000;
/** last_used_at is updated at most this often. */
const NOTE_USE_EVERY = "interval '1 minute'";

export const apiKeys = ({ database, now }: Base, limitRate: LimitRate): Proof => {
  const [accepted, lately] = [new AcceptedProofs(), new AcceptedProofs()];
  const look = async (address: string, key: string, hash: string): Promise<Caller> => {
    if (lately.get(hash) === undefined) await limitRate.stranger(address);
    const found = await checked(database, key, hash, now());
    lately.set(hash, { ...found, until: Date.now() + LATELY_MS });
    return accepted.set(hash, found);
  };
  return (request) => {
    const key = request.get('x-api-key');
    if (key === undefined) return undefined;
    const hash = hashOf(key);
    const known = accepted.get(hash);
    return known ? Promise.resolve(known) : look(request.ip ?? '', key, hash);
  };
};

const unknown = () => new Problem('unauthenticated', 'the API key is not one of ours, has expired or was revoked');

const checked = async (
  database: Database,
  key: string,
  hash: string,
  now: string,
): Promise<{ caller: Caller; until: number }> => {
  const parsed = parseKey(key);
  if (parsed === undefined) throw unknown();
  const { tenant, prefix } = parsed;
  const stored = await database.transact(tenant, async (tx) => {
    const [row] = await tx.query<StoredKey>(
      `select ${columnsOf(ApiKey)} from api_key where tenant_id = $1 and key_prefix = $2`,
      [tx.tenant, prefix],
    );
    if (row === undefined || !timingSafeEqual(Buffer.from(row.key_hash), Buffer.from(hash)) || !isUsable(row, now))
      return undefined;
    await tx.query(
      `update api_key set last_used_at = $3
       where tenant_id = $1 and id = $2
         and (last_used_at is null or last_used_at < $3::timestamptz - ${NOTE_USE_EVERY})`,
      [tx.tenant, row.id, now],
    );
    return row;
  });
  if (stored === undefined) throw unknown();
  const until = Math.min(
    Date.now() + ACCEPTED_MS,
    stored.expires_at === null ? Infinity : Date.parse(stored.expires_at),
  );
  // Names may repeat, so the author also has the prefix of the key.
  return { caller: { tenant, actor: `api-key:${prefix}:${stored.name}`, roles: [stored.role] }, until };
};

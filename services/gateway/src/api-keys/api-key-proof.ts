/** Requests that prove who they are by an API key. */
import { timingSafeEqual } from 'node:crypto';
import { Problem } from '@plantops/contracts';
import type { Database } from '@plantops/persistence';
import { Remembered, type Caller, type Proof } from '../http/authenticate.ts';
import type { Deps } from '../deps.ts';
import { isUsable, parseKey } from './api-key.rules.ts';
import { hashOf } from './create-api-key.ts';
import type { StoredKey } from './stored-key.ts';

/** How long a revoked key may still open something. */
const REMEMBER_MS = 15_000;
/** That a key was used is noted no oftener than this: it is for people, not for counting. */
const NOTE_USE_EVERY = "interval '1 minute'";

export const apiKeys = ({ database, now }: Deps): Proof => {
  const remembered = new Remembered();
  return (request) => {
    const key = request.get('x-api-key');
    if (key === undefined) return undefined;
    const hash = hashOf(key);
    const known = remembered.get(hash);
    return known
      ? Promise.resolve(known)
      : checked(database, key, hash, now()).then((caller) => remembered.set(hash, { caller, until: Date.now() + REMEMBER_MS }));
  };
};

const unknown = () => new Problem('unauthenticated', 'the API key is not one of ours, has expired or was revoked');

const checked = async (database: Database, key: string, hash: string, now: string): Promise<Caller> => {
  const parsed = parseKey(key);
  if (parsed === undefined) throw unknown();
  const stored = await database.transact(parsed.tenant, async (tx) => {
    const [row] = await tx.query<StoredKey>('select * from api_key where tenant_id = $1 and key_prefix = $2', [tx.tenant, parsed.prefix]);
    if (row)
      await tx.query(
        `update api_key set last_used_at = $3 where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3::timestamptz - ${NOTE_USE_EVERY})`,
        [tx.tenant, row.id, now],
      );
    return row;
  });
  if (stored === undefined || !timingSafeEqual(Buffer.from(stored.key_hash), Buffer.from(hash)) || !isUsable(stored, now)) throw unknown();
  return { tenant: parsed.tenant, actor: `api-key:${stored.name}`, roles: [stored.role] };
};

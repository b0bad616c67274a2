/** Requests that are authenticated by an API key. */
import { timingSafeEqual } from 'node:crypto';
import type { Base } from '@plantops/backbone';
import { Problem } from '@plantops/contracts';
import { columnsOf, TenantConnections, type Database } from '@plantops/persistence';
import type { Accepted } from '../identity/accepted-proofs.ts';
import type { Proof } from '../identity/authenticate.ts';
import { hashOf } from '../identity/hash-of.ts';
import type { LimitRate } from '../admission/limit-rate.ts';
import { networkOf } from '../admission/network.ts';
import { isUsable, parseKey, type ParsedKey } from './api-key.rules.ts';
import { ApiKey } from './api-key.table.ts';
import type { StoredKey } from './stored-key.ts';

/** How long a revoked key may still work. */
const ACCEPTED_MS = 1_000;
/** A client with a good key in the last minutes is not slowed by wrong guesses, from its address or of its tenant. */
const LATELY_MS = 600_000;
/** last_used_at is updated at most this often. */
const NOTE_USE_EVERY = "interval '1 minute'";
/**
 * Connections with which keys that are not known are looked up, whichever tenant they name. All others of a tenant stay
 * free for its known keys.
 */
const MOST_FIRST_LOOKUPS = 2;
const STRANGERS = 'strangers';

export const apiKeys = ({ database, now }: Base, limitRate: LimitRate): Proof => {
  const firstLookups = new TenantConnections(MOST_FIRST_LOOKUPS);
  return (request) => {
    const key = request.get('x-api-key');
    if (key === undefined) return undefined;
    const parsed = parseKey(key);
    if (parsed === undefined) throw unknown();
    const hash = hashOf(key);
    const look = () => checked(database, parsed, hash, now());
    return {
      hash,
      check: async (known) => {
        if (known !== undefined) return look();
        await limitRate.keyLookup(networkOf(request.ip ?? ''));
        return firstLookups.with(STRANGERS, look);
      },
    };
  };
};

const unknown = () => new Problem('unauthenticated', 'the API key is not one of ours, has expired or was revoked');

const checked = async (
  database: Database,
  { tenant, prefix }: ParsedKey,
  hash: string,
  now: string,
): Promise<Accepted> => {
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
  const expires = stored.expires_at === null ? Infinity : Date.parse(stored.expires_at);
  const [until, knownUntil] = [ACCEPTED_MS, LATELY_MS].map((ms) => Math.min(Date.now() + ms, expires)) as [
    number,
    number,
  ];
  // Names may repeat, so the author also has the prefix of the key.
  return { caller: { tenant, actor: `api-key:${prefix}:${stored.name}`, roles: [stored.role] }, until, knownUntil };
};

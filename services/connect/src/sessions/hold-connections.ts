/**
 * Holds a session for each active connection. One copy of the service does, under an advisory lock; the others stand by.
 * While no connection is active there is no lock, no client of MQTT, and one cheap look every two seconds.
 */
import type { ConnectionRow } from '@plantops/contracts';
import { columnsOf, raw, sql, withLock, type Database } from '@plantops/persistence';
import { Connection } from '../connections/connection.table.ts';
import { mappingsOf } from '../messages/dry-run.ts';
import type { Mapped } from '../messages/received.ts';
import { activeConnections, type Active } from './active-connections.ts';
import type { AddressRules } from './addresses.ts';
import { Session, type SessionDeps, type Settings } from './session.ts';

const LOCK = 7_061_749;
const LOOK_EVERY_MS = 2_000;

type Held = Active & { readonly session: Session };
type Deps = SessionDeps & { readonly rules: () => Promise<AddressRules> };

/** Starts holding; returns how to stop, after the messages in hand. */
export function holdConnections(deps: Deps): () => Promise<void> {
  const { database, logger } = deps;
  let isStopped = false;
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isStopped ? 0 : LOOK_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const lead = async (stillLeads: () => Promise<unknown>) => {
    const held = new Map<string, Held>();
    try {
      for (let active = await activeConnections(database); active.length > 0 && !isStopped;) {
        await reconcile(deps, held, active);
        await pause();
        await stillLeads();
        active = await activeConnections(database);
      }
    } finally {
      await Promise.all([...held.values()].map(({ session }) => session.close()));
    }
  };

  const hold = async () => {
    while (!isStopped) {
      try {
        const isNeeded = (await activeConnections(database)).length > 0;
        if (isNeeded) await withLock(database, { lock: LOCK }, (client) => lead(() => client.query('select 1')));
      } catch (error) {
        logger.warn({ err: error }, 'connections are held no longer: trying again');
      }
      await pause();
    }
  };

  const holding = hold();
  return async () => {
    isStopped = true;
    wake();
    await holding;
  };
}

async function reconcile(deps: Deps, held: Map<string, Held>, active: readonly Active[]): Promise<void> {
  const wanted = new Map(active.map((one) => [one.id, one]));
  for (const [id, { session, version }] of held) {
    if (wanted.get(id)?.version === version) continue;
    held.delete(id);
    await session.close();
  }
  const changed = active.filter(({ id, mapped }) => held.get(id)?.mapped !== mapped);
  for (const one of changed)
    await bring(deps, held, one).catch((error: unknown) =>
      deps.logger.warn({ err: error, connection: one.id }, 'a connection is not held yet: trying again'),
    );
}

/** Opens the session of a connection, or gives the one that is open its new mappings. */
async function bring(deps: Deps, held: Map<string, Held>, one: Active): Promise<void> {
  const { settings, mapped } = await load(deps.database, one);
  const open = held.get(one.id)?.session;
  open?.map(mapped);
  const session = open ?? new Session(settings, mapped, deps);
  if (open === undefined) await session.open(await deps.rules());
  held.set(one.id, { ...one, session });
}

function load(database: Database, { id, tenant_id: tenant }: Active): Promise<{ settings: Settings; mapped: Mapped }> {
  return database.transact(tenant, async (tx) => {
    const [[connection], [secret], mappings] = await Promise.all([
      tx.query<ConnectionRow>(sql`select ${raw(columnsOf(Connection))} from connection where id = ${id}`),
      tx.query<{ password: string }>(sql`select password from connection_secret where connection_id = ${id}`),
      mappingsOf(tx, id),
    ]);
    const settings = { ...(connection as ConnectionRow), password: secret?.password ?? null };
    return { settings, mapped: { id, tenant, code: settings.code, mappings } };
  });
}

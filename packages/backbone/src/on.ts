/** Binds a reaction to its events. The contracts give the type of their rows. */
import type { CloudEvent, EntityRows, ServiceName } from '@plantops/contracts';
import { consumes } from '@plantops/contracts';
import { eventHandler, type Tx } from '@plantops/persistence';
import type { Handle } from '@plantops/service-kit';
import type { Base } from './work.ts';

type Entity = keyof EntityRows;
type React = (events: readonly CloudEvent<never>[], tx: Tx) => Promise<void>;
/** A reaction of a service to events, by the first part of their type. */
export type Reaction<D> = { readonly entities: readonly Entity[]; readonly bind: (deps: D) => React };

/** Reacts to all events of these entities, to each once, in the transaction that stores them in the inbox. */
export function on<E extends Entity, D>(
  entities: E | readonly E[],
  react: (deps: D) => (events: readonly CloudEvent<EntityRows[E]>[], tx: Tx) => Promise<void>,
): Reaction<D> {
  return { entities: [entities].flat() as readonly Entity[], bind: react };
}

/** The handler of a stream. It runs all reactions in their order, each with the events of its entities. */
export function reactionsTo<D extends Base>(
  service: ServiceName,
  stream: 'events' | 'master',
  reactions: readonly Reaction<D>[],
  deps: D,
): Handle {
  const bound = reactions.map(({ entities, bind }) => ({ entities: new Set<string>(entities), react: bind(deps) }));
  return eventHandler(deps.database, consumes(service, stream), async (tx, events) => {
    for (const { entities, react } of bound) {
      const wanted = events.filter(({ type }) => entities.has(type.split('.')[0] as string));
      if (wanted.length > 0) await react(wanted as CloudEvent<never>[], tx);
    }
  });
}

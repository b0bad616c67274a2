/**
 * I4: the outboxes, the streams and the inboxes of the listeners have the same events.
 * I9: each version of a row is published once, in order.
 */
import { serviceNames, consumes, topology } from '@plantops/contracts';
import { isOn, versionsOf, type Evidence } from '../evidence.ts';
import { missingFrom, type Finding } from './finding.ts';

const listeners = serviceNames.filter((name) => topology[name].consumes !== undefined);
const typeOf = (subject: string): string => subject.split('.').slice(3).join('.');

export function checkMessages({ announced, events, master, rejected, inboxes }: Evidence): Finding {
  const breaches: string[] = [];
  for (const [name, kept] of [
    ['events', events],
    ['rejected', rejected],
  ] as const) {
    const [ids, published] = [kept.map(({ id }) => id), new Set(announced.filter(isOn(name)).map(({ id }) => id))];
    const there = new Set(ids);
    // A rejection has its own id in the outbox and in the stream.
    breaches.push(...missingFrom(there, published).map((id) => `${id} is in an outbox and not in ${name}`));
    breaches.push(...missingFrom(published, there).map((id) => `${id} is in ${name} and in no outbox`));
    const double = [...Map.groupBy(ids, (id) => id)].flatMap(([id, times]) => (times.length > 1 ? [id] : []));
    breaches.push(...double.map((id) => `${id} is in ${name} more than once`));
  }
  const lasting = new Map(announced.filter(isOn('master')).map(({ subject, id }) => [subject, id]));
  for (const { subject, id } of master)
    if (lasting.get(subject) !== id)
      breaches.push(`master keeps ${id} for ${subject}, announced last was ${lasting.get(subject)}`);
  breaches.push(
    ...missingFrom(new Set(master.map(({ subject }) => subject)), lasting.keys()).map(
      (subject) => `master keeps nothing for ${subject}`,
    ),
  );
  const types = new Map(announced.map(({ id, payload }) => [id, /"type":"([^"]+)"/.exec(payload)?.[1]]));
  for (const listener of listeners) {
    const inbox = inboxes.get(listener) as ReadonlySet<string>;
    const [isHeard, isHeardOfMaster] = [consumes(listener, 'events'), consumes(listener, 'master')];
    const due = [
      ...events.filter(({ subject }) => isHeard(typeOf(subject))),
      ...master.filter(({ id }) => isHeardOfMaster(types.get(id) ?? '')),
    ].map(({ id }) => id);
    const known = new Set(announced.map(({ id }) => id));
    breaches.push(...missingFrom(inbox, due).map((id) => `${listener} has not applied ${id}`));
    breaches.push(
      ...missingFrom(known, inbox).map((id) => `${listener} has applied ${id}, which no service announced`),
    );
  }
  return {
    name: 'I4',
    promise: 'outboxes, streams and inboxes hold the same',
    looked: announced.length,
    breaches,
    lost: breaches.filter((breach) => / not /.test(breach)).length,
  };
}

export function checkVersions({ announced, events }: Evidence): Finding {
  const breaches: string[] = [];
  const versions = versionsOf(announced.filter(isOn('events')));
  const place = new Map(events.map(({ id, seq }) => [id, seq]));
  for (const ofRow of Map.groupBy(versions, ({ tenant, entity, row }) => `${tenant} ${entity} ${row}`).values()) {
    const inStream = ofRow
      .filter(({ id }) => place.has(id))
      .toSorted((one, other) => (place.get(one.id) as number) - (place.get(other.id) as number));
    for (const [index, { entity, row, version }] of inStream.entries()) {
      const before = inStream[index - 1]?.version ?? 0;
      if (version <= before)
        breaches.push(
          `${entity} ${row}: v${version} (sequence ${place.get(inStream[index]?.id as string)}) comes after v${before}`,
        );
    }
  }
  return { name: 'I9', promise: "a row's versions increase in the stream", looked: versions.length, breaches };
}

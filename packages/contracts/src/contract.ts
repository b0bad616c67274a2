/** How operations and events are declared. Subjects, routes, permissions and documents are derived from these. */
import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';
import type { ServiceName } from './topology.ts';

/** From the least to the most: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'engineer', 'admin'] as const;
export type Role = (typeof roles)[number];
export function roleAllows(held: readonly Role[], needed: Role): boolean {
  return held.some((role) => roles.indexOf(role) >= roles.indexOf(needed));
}

/** A query or command that one service answers by request-reply. */
export type Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Readonly<{
  service: ServiceName;
  name: string;
  subject: string;
  /** The least role that may call it. */
  role: Role;
  /** Whether it may change something: if so, it is retried only if it certainly did not run. */
  writes: boolean;
  summary: string;
  input: I;
  output: O;
  /** Asked by other services only: it has no route of its own. */
  internal: boolean;
  /** Problems of its own, besides those that every operation can answer with. */
  problems: readonly ProblemCode[];
}>;

/** What an operation is asked, as its contract reads it. */
export type InputOf<O extends Operation> = z.output<O['input']>;
/** What it answers. */
export type OutputOf<O extends Operation> = z.output<O['output']>;

type Declared<I extends z.ZodType, O extends z.ZodType> = {
  name: string;
  role: Role;
  summary: string;
  input: I;
  output: O;
  problems?: readonly ProblemCode[];
  internal?: boolean;
};
/** Declares the operations of a service; `reads` and `writes` say whether one may change something. */
export function operationsOf(service: ServiceName) {
  const declare =
    (writes: boolean) =>
    <I extends z.ZodType, O extends z.ZodType>({
      problems = [],
      internal = false,
      ...rest
    }: Declared<I, O>): Operation<I, O> => ({
      ...rest,
      service,
      subject: `plantops.${service}.${rest.name}`,
      writes,
      internal,
      problems,
    });
  return { reads: declare(false), writes: declare(true) };
}

/**
 * Something that happened (a fact, kept in the stream EVENTS), or the present state of master data (in the stream
 * MASTER, which keeps the last one of each id).
 */
export type EventContract<D extends z.ZodType = z.ZodType, T extends string = string> = Readonly<{
  service: ServiceName;
  type: T;
  stream: 'events' | 'master';
  /** Whether it announces a change of its row, and so belongs to the row's history. */
  changes: boolean;
  data: D;
  summary: string;
}>;
export function eventsOf(service: ServiceName) {
  const declare =
    (stream: 'events' | 'master', changes: boolean) =>
    <D extends z.ZodType, T extends string>(type: T, data: D, summary: string): EventContract<D, T> => ({
      service,
      type,
      stream,
      changes,
      data,
      summary,
    });
  /** A signal is a fact that changes no row: something was noticed. */
  return { fact: declare('events', true), signal: declare('events', false), master: declare('master', true) };
}

/** A CloudEvents 1.0 envelope (JSON) as PlantOps announces it. */
export type CloudEvent<D = unknown> = Readonly<{
  specversion: '1.0';
  /** UUIDv7; also the message's Nats-Msg-Id. */
  id: string;
  source: string;
  type: string;
  /** The id of the row it is about. */
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  tenantid: string;
  /** Who caused it. */
  actor: string;
  traceparent?: string;
  data: D;
}>;

/**
 * The NATS subject of an announcement. Facts: by type. Master data: by kind and id, so that the stream keeps the last
 * one of each id.
 */
export function eventSubject(event: Pick<EventContract, 'stream' | 'type'>, tenant: string, rowId: string): string {
  return event.stream === 'events'
    ? `plantops.events.${tenant}.${event.type}`
    : `plantops.master.${tenant}.${event.type.split('.')[0]}.${rowId}`;
}

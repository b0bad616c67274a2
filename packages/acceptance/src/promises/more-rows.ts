/** Rows that the story does not have: a second row of each kind, for pages; rejections; what waits; and dead letters. */
import { randomUUID } from 'node:crypto';
import { waitFor } from '@plantops/fixtures';
import { connect } from 'nats';
import type { PlantTables } from '@plantops/testing/plant';
import { bodyOf } from '../asking/asker.ts';
import { routes, successOf, type Input, type Route } from '../asking/endpoints.ts';
import type { ReadyFile } from '@plantops/plant';
import type { Coverage } from './coverage.ts';

const DAY_MS = 86_400_000;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The same input on another day, with another name. */
export const another = (input: Input, days = 1): Input =>
  Object.fromEntries(
    Object.entries(input).map(([field, value]) => {
      if (field === 'code' || field === 'batch_number') return [field, `${String(value)}-${days + 1}`];
      return [
        field,
        typeof value === 'string' && INSTANT.test(value)
          ? new Date(Date.parse(value) + days * DAY_MS).toISOString()
          : value,
      ];
    }),
  );

/** Creates every row of the story that is created by POST a second time. */
export async function makeSeconds(coverage: Coverage, story: ReadonlyMap<Route, Input>): Promise<void> {
  for (const route of routes.filter(({ method, path }) => method === 'post' && !path.includes('{'))) {
    const input = story.get(route);
    if (input === undefined) throw new Error(`the story has no ${route.path}`);
    coverage.checkWorks(route, await coverage.ask(route, another(input)), successOf(route), 'a second row');
  }
}

/**
 * Publishes line events and readings that cannot be applied. Each service that consumes them lists its rejections.
 * connect would need a broker: its rows are stored as they are.
 */
export async function makeRejections(coverage: Coverage, ready: ReadyFile, tables: PlantTables): Promise<void> {
  for (const topic of ['filling/FILL-1/counted', 'filling/FILL-2/counted'])
    await tables.query(
      'connect',
      `insert into line_event_rejection
         (id, tenant_id, line_code, kind, event_id, reason, body, fingerprint, rejected_at)
       values ($1, 'akron', '_', 'count', $2, 'the payload is no JSON', '{', $2,
         date_trunc('milliseconds', clock_timestamp()))`,
      [randomUUID(), topic],
    );
  const subjects = [
    'plantops.ingest.akron.FILL-1.count',
    'plantops.ingest.akron.FILL-1.downtime.ended',
    'plantops.readings.akron.FILL-1.TEMP-1',
  ];
  await publish(
    ready,
    subjects.map((subject) => [subject, { id: 'cannot-be-applied' }]),
  );
  await untilListed(coverage, '/ingest/rejections', subjects.length);
}

const OLD = '2001-01-01T00:00:05Z';
/** Publishes line events and readings that wait, in each service that consumes them. */
export async function makeWaiting(coverage: Coverage, ready: ReadyFile): Promise<void> {
  const counts = [1, 2, 3].map((n): [string, object] => [
    'plantops.ingest.akron.FILL-1.count',
    { id: `too-old-${n}`, at: OLD, good: n },
  ]);
  const messages: [string, object][] = [
    ...counts,
    ['plantops.ingest.akron.FILL-9.state', { id: 'unknown-line', at: OLD, state: 'running', backfill: true }],
    ['plantops.readings.akron.FILL-1.TEMP-9', { at: OLD, value: 1 }],
  ];
  await publish(ready, messages);
  await untilListed(coverage, '/ingest/waiting', messages.length);
}

async function publish(
  { nats_url, tenants }: ReadyFile,
  messages: readonly (readonly [subject: string, body: object])[],
): Promise<void> {
  const edge = tenants['akron']?.edge;
  const connection = await connect({ servers: new URL(nats_url).host, user: edge?.user, pass: edge?.password });
  for (const [subject, body] of messages) await connection.jetstream().publish(subject, JSON.stringify(body));
  await connection.close();
}

async function untilListed(coverage: Coverage, path: string, total: number): Promise<void> {
  const list = routes.find((route) => route.method === 'get' && route.path === path) as Route;
  await waitFor(
    `the list ${path}`,
    async () => (bodyOf(await coverage.ask(list, {})) as { total: number }).total === total,
  );
}

type DeadLetter = { subject: string; payload: string; stream: string; stream_seq: string };
/** The reason of a dead letter that always fails. */
export const HOPELESS = 'SyntaxError: it is not JSON';
const spoilt = (deadLetter: DeadLetter) => ({
  ...deadLetter,
  payload: '{',
  reason: HOPELESS,
  stream_seq: `9${deadLetter.stream_seq}`,
});

/** Stores applied events as dead letters, because a healthy plant has none. */
export async function makeDeadLetters(tables: PlantTables): Promise<void> {
  const facts = await tables.query<DeadLetter>(
    'production',
    `select subject, payload, stream, stream_seq
     from outbox
     where tenant_id = 'akron' and stream = 'EVENTS'
     order by id
     limit 2`,
  );
  const letters = [
    ...facts.map((fact) => ({ ...fact, reason: 'Error: it could not be applied' })),
    ...facts.slice(1).map(spoilt),
  ];
  for (const service of ['downtimes', 'money-leaks'] as const)
    for (const fact of letters)
      await tables.query(
        service,
        `insert into dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at)
         values ($1, 'akron', $2, $3, $4, $5, $6, date_trunc('milliseconds', clock_timestamp()))`,
        [randomUUID(), fact.stream, fact.stream_seq, fact.subject, fact.payload, fact.reason],
      );
}

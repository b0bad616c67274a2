/** The announced events as AsyncAPI channels and messages: facts by type, master data by kind and id. */
import { allEvents, eventSubject, TENANT_RULE, type EventContract } from '@plantops/contracts';
import { eventExamples } from '@plantops/contracts/examples';
import { jsonSchemaOf, type JsonSchema } from '@plantops/contracts/json-schema';
import { keep, type Components } from './components.ts';
import type { JsonObject } from './json.ts';

/** The CloudEvents 1.0 envelope of PlantOps; each type adds its data. */
export const cloudEvent: JsonSchema = {
  type: 'object',
  description: 'The envelope of every announcement (CloudEvents 1.0, JSON).',
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: {
      type: 'string',
      format: 'uuid',
      description: 'UUIDv7 of the announcement: two messages with the same id count once.',
    },
    source: { type: 'string', description: 'The service that announces it, as /plantops/downtimes.' },
    type: { type: 'string', description: 'What happened.' },
    subject: { type: 'string', description: 'The id of the row it is about.' },
    time: { type: 'string', format: 'date-time', description: 'When it was written.' },
    datacontenttype: { type: 'string', const: 'application/json' },
    tenantid: { type: 'string', description: 'The tenant it is about.' },
    actor: { type: 'string', description: 'Who caused it: a person, an API key, a line system or a service.' },
    traceparent: { type: 'string', description: 'The trace that it is part of (W3C Trace Context).' },
  },
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'tenantid', 'actor', 'data'],
};

const exampleOf = ({ service, type }: EventContract): JsonObject => {
  const data = eventExamples[type] as { id: string; updated_at?: string; recorded_at?: string; at?: string };
  return {
    specversion: '1.0',
    id: '01990000-0000-7000-8000-0000000000ff',
    source: `/plantops/${service}`,
    type,
    subject: data.id,
    time: data.updated_at ?? data.recorded_at ?? data.at,
    datacontenttype: 'application/json',
    tenantid: 'akron',
    actor: 'admin@akron',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data,
  };
};

/** What a type adds to the envelope: its name and its data. */
const payloadOf = (event: EventContract, schemas: Components): JsonObject => ({
  allOf: [
    { $ref: '#/components/schemas/CloudEvent' },
    {
      type: 'object',
      properties: {
        type: { type: 'string', const: event.type },
        data: {
          description: 'The row that it is about, whole, as it was after the change.',
          allOf: [keep(schemas, jsonSchemaOf(event.data, 'output'))],
        },
      },
    },
  ],
});

const messageOf = (event: EventContract, schemas: Components): JsonObject => ({
  name: event.type,
  title: event.summary,
  summary: event.summary,
  contentType: 'application/json',
  headers: {
    type: 'object',
    properties: {
      'Nats-Msg-Id': {
        type: 'string',
        description: 'The id of the announcement, by which the broker drops a second copy.',
      },
    },
  },
  payload: payloadOf(event, schemas),
  examples: [{ name: event.type, summary: event.summary, payload: exampleOf(event) }],
});

const tenant = { description: `The tenant: ${TENANT_RULE}.`, examples: ['akron'] };
const rowId = { description: 'UUID of the row.', examples: ['01990000-0000-7000-8000-000000000001'] };

/** One channel for each subject. The types of one kind of master data share a channel. */
export function announcementChannels(schemas: Components): JsonObject {
  return Object.fromEntries(
    [...Map.groupBy(allEvents, (event) => eventSubject(event, '{tenant}', '{id}'))].map(([address, events]) => {
      const [{ stream, type }] = events as [EventContract];
      const kind = type.split('.')[0];
      return [
        stream === 'events' ? type : `master.${kind}`,
        {
          address,
          description:
            stream === 'events'
              ? `${events[0]?.summary}. The stream EVENTS keeps it for 14 days.`
              : `The present state of each ${kind}: the stream MASTER keeps the last announcement of it, for ever.`,
          parameters: stream === 'events' ? { tenant } : { tenant, id: rowId },
          messages: Object.fromEntries(events.map((event) => [event.type, messageOf(event, schemas)])),
        },
      ];
    }),
  );
}

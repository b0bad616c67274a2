/** Connections to brokers of a plant (MQTT), and the mappings that make line events of their messages. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, flag, items, listInput, listOutput, rowFields, stored } from '../fields.ts';
import { ingestKinds, type IngestKind } from '../line-events.ts';
import { id, instant, reference, text } from '../values.ts';

const { reads, writes } = operationsOf('connect');
const { fact, signal } = eventsOf('connect');

const MOST_TOPIC_CHARACTERS = 300;
const MOST_TOPICS = 20;
const MOST_LEVEL = 20;
const MOST_FIELDS = 20;
const MOST_FIELD_CHARACTERS = 40;
const MOST_PASSWORD_CHARACTERS = 200;
/** The topics of a connection whose last message is kept. */
export const MOST_LAST_MESSAGES = 200;

/** Topics, names and passwords of others are kept as they are, not put into a normal form. */
const isPlain = (value: string): boolean => value.isWellFormed() && !/\p{Cc}/u.test(value);

const URL_RULE = 'must be mqtt://host:port or mqtts://host:port, without a user, a path or a query';
const brokerUrl = z
  .string()
  .regex(/^mqtts?:\/\/(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?$/, URL_RULE)
  .refine((url) => URL.canParse(url), URL_RULE);
const TOPIC_RULE = 'must be a topic filter of MQTT: levels between slashes, + for any level, # for all that follow';
/** Of the levels `+` and `#` alone may hold these characters; `#` is the last one. */
const topicFilter = z
  .string()
  .max(MOST_TOPIC_CHARACTERS, `must be at most ${MOST_TOPIC_CHARACTERS} characters long`)
  .regex(/^(?:(?:\+|[^+#/]*)\/)*(?:\+|#|[^+#/]+)$/, TOPIC_RULE)
  .refine(isPlain, TOPIC_RULE);
const topic = z.string().describe('The topic of the message.');
const password = z
  .string()
  .min(1, 'must not be empty')
  .max(MOST_PASSWORD_CHARACTERS, `must be at most ${MOST_PASSWORD_CHARACTERS} characters long`)
  .refine(isPlain, 'must not hold control characters or broken ones');

const connectionFields = {
  code: field.code,
  name: field.name,
  url: brokerUrl.describe(
    'Where the broker is: mqtt://host:1883, or mqtts://host:8883 over TLS. Addresses of the platform itself are refused.',
  ),
  username: reference.nullable().describe('The user at the broker; null: none.'),
  ca_certificate: text
    .nullable()
    .describe("The certificate (PEM) that signed the broker's, for mqtts; null: those that everybody trusts."),
  client_id: reference.describe(
    'The name of the session at the broker. It must be used by nothing else. Default: plantops, the tenant and the code.',
  ),
  protocol: z.enum(['3.1.1', '5']).describe('The version of MQTT: default 3.1.1, which every broker has.'),
  topics: z
    .array(topicFilter)
    .min(1, 'must be at least 1 topic filter')
    .max(MOST_TOPICS, `must be at most ${MOST_TOPICS} topic filters`)
    .describe('The topic filters to subscribe to, as line/+/count or spBv1.0/Akron/#.'),
  is_active: field.is_active,
};

export const connectionRow = z
  .object({
    ...rowFields,
    ...connectionFields,
    url: stored(connectionFields.url),
    username: z
      .string()
      .nullable()
      .describe(connectionFields.username.description ?? ''),
    ca_certificate: z
      .string()
      .nullable()
      .describe(connectionFields.ca_certificate.description ?? ''),
    client_id: stored(connectionFields.client_id),
    topics: z.array(z.string()).describe(connectionFields.topics.description ?? ''),
    has_password: z.boolean().describe('Whether a password is stored. It is never given back.'),
  })
  .meta({ id: 'Connection' });
export type ConnectionRow = z.infer<typeof connectionRow>;
/** A connection as it is answered: with what happens on it now. */
export const connectionView = connectionRow
  .extend({
    connected_since: instant.nullable().describe('Since when the broker is connected; null: it is not.'),
    last_error: z.string().nullable().describe('Why it could not be connected last; null: it could.'),
    last_message_at: instant.nullable().describe('When the last message came; null: none yet.'),
  })
  .meta({ id: 'ConnectionView' });
export type ConnectionView = z.infer<typeof connectionView>;

const secret = password.nullable().describe('The password at the broker; null: none. It is never given back.');
export const createConnection = writes({
  name: 'create-connection',
  role: 'engineer',
  summary: 'Add a connection to a broker',
  output: connectionView,
  problems: ['already_exists'],
  input: z.strictObject({
    code: connectionFields.code,
    name: connectionFields.name,
    url: connectionFields.url,
    username: connectionFields.username.default(null),
    password: secret.default(null),
    ca_certificate: connectionFields.ca_certificate.default(null),
    client_id: connectionFields.client_id.optional(),
    protocol: connectionFields.protocol.default('3.1.1'),
    topics: connectionFields.topics,
    is_active: connectionFields.is_active.default(true),
  }),
});
export const updateConnection = writes({
  name: 'update-connection',
  role: 'engineer',
  summary: 'Change the fields named; it is connected again with them',
  output: connectionView,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    ...z.object(connectionFields).omit({ code: true }).partial().shape,
    password: secret.optional(),
  }),
});
export const getConnection = reads({
  name: 'get-connection',
  role: 'viewer',
  summary: 'One connection, and whether it is connected',
  input: byId,
  output: connectionView,
  problems: ['not_found'],
});
export const listConnections = reads({
  name: 'list-connections',
  role: 'viewer',
  summary: 'Connections',
  output: listOutput(connectionView),
  input: listInput({ code: field.code.optional(), is_active: flag(field.is_active).optional(), ...changeFields }, [
    'created_at',
  ]),
});

// ---- mappings
const kinds = Object.keys(ingestKinds) as [IngestKind, ...IngestKind[]];
const constant = z.union([reference, z.number(), z.boolean()]);
const jsonPath = z
  .string()
  .regex(
    /^\$(\.[A-Za-z0-9_-]{1,64}|\[[0-9]{1,4}\]|\["[^"\\]{1,64}"\]){0,20}$/,
    'must be a JSON path of at most 20 names and numbers, as $.values[0].count or $["count of today"]',
  )
  .refine(isPlain, 'must not hold control characters or broken ones');
/** Where a value comes from. */
export const mappingSource = z
  .strictObject({
    constant: constant.describe('The same value for every message.').optional(),
    level: z
      .int()
      .min(1, 'must be at least 1')
      .max(MOST_LEVEL, `must be at most ${MOST_LEVEL}`)
      .describe('A level of the topic: 1 is the first.')
      .optional(),
    path: jsonPath.describe('A JSON path into the payload, as $.values[0].count; $ is the payload itself.').optional(),
  })
  .refine(
    (source) => Object.values(source).filter((value) => value !== undefined).length === 1,
    'must be one of constant, level and path',
  )
  .meta({ id: 'MappingSource' });
export type MappingSource = z.infer<typeof mappingSource>;
const mappingFields = {
  topic: topicFilter.describe('The topics of the messages that it maps; + is any level, # all that follow.'),
  format: z
    .enum(['json', 'text', 'sparkplug'])
    .describe(
      'What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.',
    ),
  metric: reference.nullable().describe('The name of the metric of Sparkplug B; null for other formats.'),
  kind: z.enum(kinds).describe('The kind of line event that a message becomes.'),
  line: mappingSource.describe('Where the code of the line comes from.'),
  fields: z
    .record(
      z.string().regex(new RegExp(`^[a-z_]{1,${MOST_FIELD_CHARACTERS}}$`), 'must be the name of a field'),
      mappingSource,
    )
    .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `must be at most ${MOST_FIELDS} fields`)
    .describe(
      'Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message.',
    ),
  is_active: field.is_active,
};
const connectionId = id.describe('UUID of the connection.');
export const mappingRow = z
  .object({
    ...rowFields,
    connection_id: connectionId,
    ...mappingFields,
    topic: stored(mappingFields.topic),
    metric: z
      .string()
      .nullable()
      .describe(mappingFields.metric.description ?? ''),
  })
  .meta({ id: 'Mapping' });
export type MappingRow = z.infer<typeof mappingRow>;
const newMapping = {
  topic: mappingFields.topic,
  format: mappingFields.format.default('json'),
  metric: mappingFields.metric.default(null),
  kind: mappingFields.kind,
  line: mappingFields.line,
  fields: mappingFields.fields,
};

export const createMapping = writes({
  name: 'create-mapping',
  role: 'engineer',
  summary: 'Add a mapping of messages to line events',
  output: mappingRow,
  problems: ['not_found'],
  input: z.strictObject({
    connection_id: connectionId,
    ...newMapping,
    is_active: mappingFields.is_active.default(true),
  }),
});
export const updateMapping = writes({
  name: 'update-mapping',
  role: 'engineer',
  summary: 'Change the fields named; messages that come from now on are mapped so',
  output: mappingRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({ id: field.id, ...z.object(mappingFields).partial().shape }),
});
export const getMapping = reads({
  name: 'get-mapping',
  role: 'viewer',
  summary: 'One mapping',
  input: byId,
  output: mappingRow,
  problems: ['not_found'],
});
export const listMappings = reads({
  name: 'list-mappings',
  role: 'viewer',
  summary: 'Mappings',
  output: listOutput(mappingRow),
  input: listInput({ connection_id: connectionId.optional(), ...changeFields }, ['created_at']),
});

const mappedEvent = z.object({
  line_code: z.string().describe('The code of the line.'),
  kind: z.string().describe('The kind of the line event.'),
  body: z.json().describe('The line event, without the id that the message gives it.'),
});
const MOST_SHOWN_CHARACTERS = 1_000;
export const dryRun = writes({
  name: 'dry-run',
  role: 'engineer',
  summary: 'The last message of each topic, and what it becomes by a mapping, or by those in force; nothing is sent',
  problems: ['not_found'],
  input: z.strictObject({
    id: connectionId,
    mapping: z
      .strictObject(newMapping)
      .optional()
      .describe('The mapping to try. Left out: the mappings of the connection.'),
  }),
  output: z.object({
    items: items(
      z.object({
        topic,
        received_at: instant.describe('When the message arrived.'),
        bytes: z.int().describe('The size of its payload, bytes.'),
        payload: z
          .string()
          .describe(`The beginning of its payload as text, at most ${MOST_SHOWN_CHARACTERS} characters.`),
        events: z.array(mappedEvent).describe('The line events that it becomes.'),
        reasons: z.array(z.string()).describe('Why it becomes none, or fewer than there are mappings for it.'),
      }),
    ).describe(`The last message of up to ${MOST_LAST_MESSAGES} topics, the newest first.`),
  }),
});
export const SHOWN_CHARACTERS = MOST_SHOWN_CHARACTERS;

/** Says that a device which reports for a line is away, or back. */
export const lineReport = z
  .object({
    id: connectionId,
    line_code: field.line_code,
    device: z.string().describe('The device that reports for the line, as group/node/device of Sparkplug B.'),
    at: field.at,
    reason: z.string().describe('What was noticed.'),
  })
  .meta({ id: 'LineReport' });
export const connectionCreated = fact('connection.created', connectionRow, 'A connection was added');
export const connectionUpdated = fact('connection.updated', connectionRow, 'A connection changed');
export const mappingCreated = fact('mapping.created', mappingRow, 'A mapping was added');
export const mappingUpdated = fact('mapping.updated', mappingRow, 'A mapping changed');
export const connectionLost = signal('connection.lost', lineReport, 'A device that reports for a line is away');
export const connectionFound = signal('connection.found', lineReport, 'A device that reports for a line is back');

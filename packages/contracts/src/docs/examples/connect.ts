/** A connection to the broker of the plant, and a mapping of its messages. */
import { line } from './master-data.ts';
import { onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import { rejectionsOf, type RejectionRow } from '../../operations/rejections.ts';
import {
  createConnection,
  createMapping,
  dryRun,
  getConnection,
  getMapping,
  listConnections,
  listMappings,
  updateConnection,
  updateMapping,
  type ConnectionRow,
  type ConnectionView,
  type MappingRow,
} from '../../operations/connect.ts';

export const newConnection: ConnectionRow = {
  ...stamps,
  id: sampleId(70),
  code: 'HALL-1',
  name: 'The broker of hall 1',
  url: 'mqtts://broker.akron.example:8883',
  username: 'plantops',
  ca_certificate: null,
  client_id: 'plantops-akron-HALL-1',
  protocol: '3.1.1',
  topics: ['filling/#'],
  is_active: false,
  has_password: true,
};
export const connection: ConnectionRow = { ...newConnection, version: 2, topics: ['filling/#', 'spBv1.0/Akron/#'] };
const silent = { connected_since: null, last_error: null, last_message_at: null };
const view: ConnectionView = { ...connection, ...silent };

export const newMapping: MappingRow = {
  ...stamps,
  id: sampleId(71),
  connection_id: connection.id,
  topic: 'filling/+/counted',
  format: 'json',
  metric: null,
  kind: 'count',
  line: { level: 2 },
  fields: { at: { path: '$.ts' }, good: { path: '$.good' } },
  is_active: true,
};
export const mapping: MappingRow = {
  ...newMapping,
  version: 2,
  fields: { ...newMapping.fields, reject: { path: '$.bad' } },
};

export const deviceIsAway = {
  id: connection.id,
  line_code: line.code,
  device: 'Akron/Filling/PLC-1',
  at: onTheDay('12:40'),
  reason: 'DDEATH',
};

const rejection: RejectionRow = {
  id: sampleId(72),
  tenant_id: 'akron',
  service: 'connect',
  line_code: line.code,
  kind: 'count',
  event_id: 'filling/FILL-1/counted',
  reason: 'good: must be a number',
  body: '{"ts":1772445600,"good":"many"}',
  rejected_at: onTheDay('12:00'),
  times: 1,
  last_rejected_at: onTheDay('12:00'),
};

export const connectSteps: readonly Step[] = [
  step(
    createConnection,
    'A connection to the broker of a hall, which is not in use yet',
    {
      code: newConnection.code,
      name: newConnection.name,
      url: newConnection.url,
      username: 'plantops',
      password: 'only the broker knows it',
      topics: newConnection.topics,
      is_active: false,
    },
    { ...newConnection, ...silent },
  ),
  step(updateConnection, 'It subscribes to more', { id: connection.id, topics: connection.topics }, view),
  step(getConnection, 'The connection, and whether it is connected', { id: connection.id }, view),
  step(listConnections, 'The connections', { code: connection.code }, wholeList(view)),
  step(
    createMapping,
    'What is counted on a line of the hall becomes counts; the line is the second level of the topic',
    {
      connection_id: connection.id,
      topic: newMapping.topic,
      kind: 'count',
      line: newMapping.line,
      fields: newMapping.fields,
    },
    newMapping,
  ),
  step(updateMapping, 'The rejected units too', { id: mapping.id, fields: mapping.fields }, mapping),
  step(getMapping, 'The mapping', { id: mapping.id }, mapping),
  step(listMappings, 'The mappings of the connection', { connection_id: connection.id }, wholeList(mapping)),
  step(
    dryRun,
    'What the last message of each topic would become by another mapping; the connection has none yet',
    {
      id: connection.id,
      mapping: {
        topic: 'spBv1.0/Akron/+/Filling/PLC-1',
        format: 'sparkplug',
        metric: 'Counters/Good',
        kind: 'counter',
        line: { constant: line.code },
        fields: { total: { path: '$.value' } },
      },
    },
    { items: [] },
  ),
  step(rejectionsOf('connect'), 'Messages that become no line event', {}, wholeList(rejection), {
    varies: true,
  }),
];

/** What line systems publish and receive, as AsyncAPI channels: line events, readings, and rejections. */
import {
  CODE_RULE,
  ingestKinds,
  ingestSubject,
  readingsBody,
  readingsSubject,
  rejectionRow,
  type IngestKind,
  TENANT_RULE,
} from '@plantops/contracts';
import { ingestExamples, readingsExamples, rejectionExample } from '@plantops/contracts/examples';
import { jsonSchemaOf } from '@plantops/contracts/json-schema';
import { keep, type Components } from './components.ts';
import type { JsonObject } from './json.ts';

const tenant = { description: `The tenant: ${TENANT_RULE}.`, examples: ['akron'] };
const line = { description: `The code of the line: ${CODE_RULE}.`, examples: ['FILL-1'] };
const sensor = { description: `The code of the sensor: ${CODE_RULE}.`, examples: ['TEMP-1'] };

const title = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1).replace('.', ' ')}`;
const message = (name: string, payload: object, examples: readonly unknown[]): JsonObject => ({
  [name]: {
    name,
    title: title(name),
    contentType: 'application/json',
    payload,
    examples: examples.map((example, at) => ({
      name: examples.length === 1 ? name : `${name} ${at + 1}`,
      payload: example,
    })),
  },
});

const kinds = Object.keys(ingestKinds) as IngestKind[];
const ingestChannel = (kind: IngestKind, schemas: Components): JsonObject => ({
  address: ingestSubject('{tenant}', '{line}', kind),
  description:
    `${title(kind)}, as the line reports it; ${ingestKinds[kind].owner} applies it. The body is the bare data, or a CloudEvent 1.0 around it ` +
    'whose id is that of the event. An event with the same id counts once.',
  parameters: { tenant, line },
  messages: message(kind, keep(schemas, jsonSchemaOf(ingestKinds[kind].body, 'input')), [ingestExamples[kind]]),
});

const rejected = rejectionRow.pick({
  id: true,
  line_code: true,
  kind: true,
  event_id: true,
  reason: true,
  rejected_at: true,
});

export function lineChannels(schemas: Components): JsonObject {
  return {
    ...Object.fromEntries(kinds.map((kind) => [`ingest.${kind}`, ingestChannel(kind, schemas)])),
    readings: {
      address: readingsSubject('{tenant}', '{line}', '{sensor}'),
      description:
        'Readings of a sensor, one or several; bare, or in a CloudEvent 1.0. One of an instant that is known already changes nothing.',
      parameters: { tenant, line, sensor },
      messages: message('readings', keep(schemas, jsonSchemaOf(readingsBody, 'input')), readingsExamples),
    },
    rejected: {
      address: 'plantops.rejected.{tenant}.{line}',
      description:
        'Messages of the line that can never be applied, with the reason; also at GET /ingest/rejections. A line that is no code is _.',
      parameters: { tenant, line },
      messages: message('rejected', keep(schemas, jsonSchemaOf(rejected, 'output')), [rejectionExample]),
    },
  };
}

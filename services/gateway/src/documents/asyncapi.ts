/**
 * The messages over NATS as AsyncAPI 3.0, generated from the contracts: announcements out, line events and readings in.
 */
import { NORMAL_FORM } from '@plantops/contracts';
import { announcementChannels, cloudEvent } from './announcements.ts';
import { Components } from './components.ts';
import type { JsonObject } from './json.ts';
import { lineChannels } from './line-messages.ts';

const tags = [
  { name: 'announcements', description: 'What PlantOps announces: what has happened, and its master data.' },
  { name: 'lines', description: 'What line systems report to PlantOps, and the reports that it cannot apply.' },
];
/** PlantOps receives what lines publish, and sends everything else. */
const operationOf = (channel: string, { description, messages }: JsonObject): [string, JsonObject] => {
  const action = channel.startsWith('ingest.') || channel === 'readings' ? 'receive' : 'send';
  const words = channel.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return [
    `${action}${words.join('')}`,
    {
      action,
      description,
      channel: { $ref: `#/channels/${channel}` },
      messages: Object.keys(messages as JsonObject).map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
      tags: [{ name: action === 'send' && channel !== 'rejected' ? 'announcements' : 'lines' }],
    },
  ];
};

export function asyncApiDocument(): JsonObject {
  const schemas = new Components();
  schemas.add('CloudEvent', cloudEvent);
  const channels = { ...lineChannels(schemas), ...announcementChannels(schemas) };
  return {
    asyncapi: '3.0.0',
    id: 'urn:plantops:messages',
    info: {
      title: 'PlantOps messages',
      version: '1.0.0',
      description:
        'Line systems publish over NATS (JetStream) as the user of their tenant; any client will do. Announcements are CloudEvents 1.0, kept in ' +
        `streams and sent at least once: what comes twice has the same id. ${NORMAL_FORM}`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      contact: { name: 'PlantOps' },
      tags,
    },
    defaultContentType: 'application/json',
    servers: {
      plant: {
        host: '{host}:{port}',
        protocol: 'nats',
        description: 'The NATS server of the plant.',
        variables: { host: { default: '127.0.0.1' }, port: { default: '4222' } },
        security: [{ $ref: '#/components/securitySchemes/edge' }],
      },
    },
    channels,
    operations: Object.fromEntries(
      Object.entries(channels).map(([name, channel]) => operationOf(name, channel as JsonObject)),
    ),
    components: {
      schemas: schemas.toJSON(),
      securitySchemes: {
        edge: {
          type: 'userPassword',
          description:
            'The user of the edge of a tenant: it publishes line events and readings of its tenant and receives its rejections.',
        },
      },
    },
  };
}

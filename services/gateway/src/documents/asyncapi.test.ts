import { describe, expect, test } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { allEvents, eventSubject, ingestKinds } from '@plantops/contracts';
import { asyncApiDocument } from './asyncapi.ts';

/** Most tools can read 3.0; few can read 3.1. */
const NEWER_EXISTS = 'asyncapi-latest-version';

type Channel = { address: string; messages: Record<string, { examples: unknown[] }> };
const document = JSON.parse(JSON.stringify(asyncApiDocument())) as {
  channels: Record<string, Channel>;
  operations: Record<string, { action: string; channel: { $ref: string } }>;
};
const channels = Object.values(document.channels);

describe('the AsyncAPI document', () => {
  test("passes AsyncAPI's own parser without errors or warnings", async () => {
    const diagnostics = await new Parser().validate(JSON.stringify(document));
    const found = diagnostics
      .filter(({ code }) => code !== NEWER_EXISTS)
      .map(({ code, message, path }) => `${code}: ${message} at ${path.join('.')}`);
    expect(found).toEqual([]);
  });

  test('every announced event has a channel, a message and an example', () => {
    for (const event of allEvents) {
      const channel = channels.find(({ address }) => address === eventSubject(event, '{tenant}', '{id}'));
      expect([event.type, channel?.messages[event.type]?.examples.length]).toEqual([event.type, 1]);
    }
  });

  test('PlantOps receives what lines publish and sends everything else', () => {
    const actions = Object.values(document.operations).map(({ action, channel }) => [
      channel.$ref.replace('#/channels/', ''),
      action,
    ]);
    expect(actions).toHaveLength(channels.length);
    for (const kind of Object.keys(ingestKinds)) expect(actions).toContainEqual([`ingest.${kind}`, 'receive']);
    expect(actions).toContainEqual(['readings', 'receive']);
    expect(actions).toContainEqual(['rejected', 'send']);
    expect(actions).toContainEqual(['downtime.ended', 'send']);
    expect(actions).toContainEqual(['master.plant', 'send']);
  });
});

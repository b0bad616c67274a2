import { describe, expect, test } from '@jest/globals';
import { lineMessage } from './line-message.ts';

const message = (line: object) => lineMessage(JSON.stringify(line), 'akron');

describe('a line of the file', () => {
  test('becomes a message with the id of its event; the body has no line and kind', () => {
    expect(message({ line: 'L-1', kind: 'downtime.started', id: 'e1', at: 'x', extra: null })).toEqual({
      id: 'e1',
      subject: 'plantops.ingest.akron.L-1.downtime.started',
      payload: '{"id":"e1","at":"x","extra":null}',
    });
  });

  test('names its message by the id as PlantOps reads it: a line break in it cannot add a header', () => {
    expect(message({ line: 'L', kind: 'count', id: 'a\r\nNats-Rollup: all' })).toMatchObject({
      id: 'a Nats-Rollup: all',
    });
  });

  test('may contain a CloudEvent', () => {
    const body = { specversion: '1.0', id: 'e1', data: { good: 1 } };
    expect(message({ line: 'L', kind: 'count', ...body })).toMatchObject({ payload: JSON.stringify(body) });
  });

  test('says that it is a backfill when the command does, in the data of a CloudEvent', () => {
    const sent = (body: object) =>
      lineMessage(JSON.stringify({ line: 'L', kind: 'count', id: 'e1', ...body }), 'akron', true);
    expect(sent({ good: 1 })).toMatchObject({ payload: '{"id":"e1","good":1,"backfill":true}' });
    expect(sent({ specversion: '1.0', data: { good: 1 } })).toMatchObject({
      payload: '{"id":"e1","specversion":"1.0","data":{"good":1,"backfill":true}}',
    });
  });

  test.each([
    ['{', 'is not JSON'],
    ['[]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['{"kind":"count","id":"1"}', 'has no "line"'],
    ['{"line":"L","id":"1"}', 'has no "kind"'],
    ['{"line":"L 1","kind":"count","id":"1"}', '"line" must'],
    ['{"line":"L.>","kind":"count","id":"1"}', '"line" must'],
    ['{"line":"L","kind":"count\\r\\nPUB x 0","id":"1"}', '"kind" must'],
    ['{"line":"L","kind":"a..b","id":"1"}', '"kind" must'],
    ['{"line":"L","kind":7,"id":"1"}', '"kind" must'],
    ['{"line":"L","kind":"count"}', '"id" must'],
    ['{"line":"L","kind":"count","id":7}', '"id" must'],
    ['{"line":"L","kind":"count","id":"\\r\\n"}', '"id" must'],
  ])('%s cannot be sent, and the fault says why', (text, fault) => {
    expect(lineMessage(text, 'akron')).toEqual({ fault: expect.stringContaining(fault) });
  });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mapMessage, MOST_PAYLOAD_BYTES, type Mapping, type Message, type Metric } from './map-message.rules.ts';
import { aMapping, aMessage } from './mapping-fixture.ts';

const AT = '2026-03-02T10:00:00.000Z';
const map = (message: Message, ...mappings: Mapping[]) => mapMessage(message, mappings, 'HALL-1');
const bodyOf = (message: Message, mapping: Mapping) => {
  const [outcome] = map(message, mapping);
  return outcome?.ok === true ? outcome.body : outcome?.reason;
};
const identityOf = (message: Message, mapping = aMapping()) => {
  const [outcome] = map(message, mapping);
  return outcome?.ok === true ? outcome.identity : outcome;
};
const good = { ts: AT, good: 12 };

test('a value comes from a constant, a level of the topic, or a path into the payload', () => {
  const fields = {
    at: { path: '$.ts' },
    good: { path: '$.good' },
    unit: { constant: 'ea' },
    batch_number: { level: 3 },
  };
  expect(map(aMessage(good), aMapping({ fields }))).toEqual([
    {
      ok: true,
      identity: expect.any(String),
      line: 'L1',
      kind: 'count',
      body: { source: 'HALL-1', at: AT, good: 12, unit: 'ea', batch_number: 'count' },
    },
  ]);
});

test('a number that comes as text is read, and a number or flag becomes the text that a field needs', () => {
  expect(bodyOf(aMessage({ ts: AT, good: '12.5' }), aMapping())).toMatchObject({ good: 12.5 });
  const state = aMapping({ kind: 'state', fields: { state: { path: '$.s' }, at: { path: '$.ts' } } });
  expect(bodyOf(aMessage({ ts: AT, s: true }), state)).toMatchObject({ state: 'true' });
  const batch = aMapping({ fields: { ...aMapping().fields, batch_number: { path: '$.order' } } });
  expect(bodyOf(aMessage({ ...good, order: 4711 }), batch)).toMatchObject({ batch_number: '4711' });
});

test('a payload of text is one value', () => {
  const state = aMapping({ format: 'text', kind: 'state', fields: { state: { path: '$' } } });
  expect(bodyOf(aMessage('Execute'), state)).toMatchObject({ state: 'Execute', at: '2026-03-02T12:00:00.000Z' });
});

test('what the payload lacks or has as null is left out', () => {
  const fields = { ...aMapping().fields, reject: { path: '$.bad' }, seq: { path: '$.n' } };
  expect(bodyOf(aMessage({ ...good, bad: null }), aMapping({ fields }))).toEqual({
    source: 'HALL-1',
    at: AT,
    good: 12,
  });
});

test.each([
  ['no JSON', '{"ts":', /no JSON/],
  ['a field that is wrong', { ts: AT, good: 'many' }, /good: must be a number/],
  ['a required field that is missing', { ts: AT }, /good: is required/],
  ['a time without a zone', { ts: '2026-03-02T10:00:00', good: 1 }, /at: must be an RFC 3339 time/],
  ['bytes that are no text', Buffer.from([0, 255, 254, 1]), /no JSON/],
  ['more bytes than are read', Buffer.alloc(MOST_PAYLOAD_BYTES + 1, 0x20), /it has 262145 bytes/],
])('a message with %s becomes no event, and the reason says so', (_what, payload, reason) => {
  expect(map(aMessage(payload), aMapping())).toEqual([
    { ok: false, line: expect.any(String), kind: 'count', reason: expect.stringMatching(reason) },
  ]);
});

test.each([['a.b'], ['L 1'], ['*'], ['>']])('the line code %p cannot lead to another subject', (line) => {
  const outcomes = map(aMessage({ ...good, line }), aMapping({ line: { path: '$.line' } }));
  expect(outcomes).toEqual([{ ok: false, line, kind: 'count', reason: expect.stringMatching(/line code/) }]);
});

test('no mapping matches: no event and no reason', () => {
  expect(map(aMessage('{', { topic: 'other' }), aMapping())).toEqual([]);
});

test('each mapping that matches makes its own event', () => {
  const second = aMapping({ id: '01990000-0000-7000-8000-000000000062' });
  const identities = map(aMessage(good), aMapping(), second).map((outcome) => outcome.ok && outcome.identity);
  expect(new Set(identities).size).toBe(2);
});

test('the same message has the same identity whenever it arrives, and another one has another', () => {
  const message = fc.record({ ts: fc.integer({ min: 1_600_000_000, max: 1_700_000_000 }), good: fc.nat(50) });
  fc.assert(
    fc.property(message, message, fc.nat(), (one, other, key) => {
      const later = { arrival: { at: '2026-03-02T13:00:00.000Z', key: String(key) } };
      expect(identityOf(aMessage(one, later))).toEqual(identityOf(aMessage(one)));
      const isSame = one.ts === other.ts && one.good === other.good;
      expect(identityOf(aMessage(other)) === identityOf(aMessage(one))).toBe(isSame);
    }),
  );
});

test('the number of the sender alone is the identity, whatever else the message says', () => {
  const numbered = aMapping({ fields: { ...aMapping().fields, id: { path: '$.n' } } });
  const [first, corrected, next] = [
    { ...good, n: 1 },
    { ...good, good: 13, n: 1 },
    { ...good, n: 2 },
  ].map((payload) => identityOf(aMessage(payload), numbered));
  expect(corrected).toBe(first);
  expect(next).not.toBe(first);
});

test('without number and time a message is what it is by its first arrival', () => {
  const untimed = aMapping({ fields: { good: { path: '$.good' } } });
  const arrived = (key: string) => identityOf(aMessage(good, { arrival: { at: AT, key } }), untimed);
  expect(arrived('a')).toBe(arrived('a'));
  expect(arrived('b')).not.toBe(arrived('a'));
});

test('a retained message counts only if it says when it happened', () => {
  expect(bodyOf(aMessage(good, { isRetained: true }), aMapping())).toMatchObject({ good: 12 });
  const untimed = aMapping({ fields: { good: { path: '$.good' } } });
  expect(bodyOf(aMessage(good, { isRetained: true }), untimed)).toMatch(/retained/);
});

// ---- Sparkplug B
const metric = (fields: Partial<Metric> = {}): Metric => ({
  name: 'Good',
  value: 7,
  timestamp: Date.parse(AT),
  is_historical: false,
  is_birth: false,
  ...fields,
});
const sparkplug = (kind: Mapping['kind'], field: string) =>
  aMapping({
    topic: 'spBv1.0/#',
    format: 'sparkplug',
    metric: 'Good',
    kind,
    line: { constant: 'L1' },
    fields: { [field]: { path: '$.value' } },
  });
const fromNode = (...metrics: Metric[]) => aMessage('', { topic: 'spBv1.0/G/DDATA/N/D', metrics });

test('a metric becomes an event at its own time; other metrics do not', () => {
  expect(map(fromNode(metric(), metric({ name: 'Bad' })), sparkplug('counter', 'total'))).toMatchObject([
    { ok: true, line: 'L1', kind: 'counter', body: { at: AT, total: 7 } },
  ]);
});

test('a historical value is sent late on purpose', () => {
  expect(bodyOf(fromNode(metric({ is_historical: true })), sparkplug('count', 'good'))).toMatchObject({
    backfill: true,
  });
});

test('of a birth the total of a counter holds; a count in it was counted before', () => {
  const birth = fromNode(metric({ is_birth: true }));
  expect(map(birth, sparkplug('counter', 'total'))).toHaveLength(1);
  expect(map(birth, sparkplug('count', 'good'))).toEqual([]);
});

/** Messages and mappings of tests. */
import type { Mapping, Message } from './map-message.rules.ts';

export const aMapping = (fields: Partial<Mapping> = {}): Mapping => ({
  id: '01990000-0000-7000-8000-000000000061',
  topic: 'line/+/count',
  format: 'json',
  metric: null,
  kind: 'count',
  line: { level: 2 },
  fields: { at: { path: '$.ts' }, good: { path: '$.good' } },
  ...fields,
});

export const aMessage = (payload: unknown, fields: Partial<Message> = {}): Message => {
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return {
    topic: 'line/L1/count',
    payload: bytes,
    fingerprint: bytes.toString('base64'),
    isRetained: false,
    arrival: { at: '2026-03-02T12:00:00.000Z', key: 'first' },
    metrics: [],
    ...fields,
  };
};

import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { readExpectedVersion, readIdempotencyKey } from '../rest/read-input.ts';
import { readPosition } from '../live/position.rules.ts';
import { openApiDocument } from './openapi.ts';

type Schema = { pattern: string; minLength?: number; maxLength?: number };
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<string, Record<string, { parameters: { schema: Schema }[] }>>;
  components: { parameters: Record<string, { schema: Schema }> };
};
const { IdempotencyKey, IfMatch } = document.components.parameters;
const lastEventId = document.paths['/api/v1/plant-ops/stream']?.['get']?.parameters[0];

const requestWith = (value: string) => ({ method: 'POST', get: () => value }) as unknown as Request;
const isRead = (read: (value: string) => unknown, value: string): boolean => {
  try {
    read(value);
    return true;
  } catch {
    return false;
  }
};
const fits = ({ pattern, minLength = 0, maxLength = Infinity }: Schema, value: string): boolean =>
  value.length >= minLength && value.length <= maxLength && new RegExp(pattern).test(value);

const VALUES = ['', 'x', '!', '~', ' ', 'a b', '\u007f', 'é', '\0', 'x'.repeat(255), 'x'.repeat(256)];
const VERSIONS = ['"3"', '3', '"999999999"', '"1000000000"', '"-1"', '""', '*', 'W/"3"', '"3", "4"'];
const POSITIONS = [
  '120-45',
  '120',
  '-',
  `${'9'.repeat(15)}-${'9'.repeat(15)}`,
  `1-${'9'.repeat(16)}`,
  '1-2-3',
  '-1-2',
  'a-b',
];

describe('what the document says of headers is what the gateway reads', () => {
  test.each([
    ['Idempotency-Key', IdempotencyKey, VALUES, (value: string) => readIdempotencyKey(requestWith(value))],
    ['If-Match', IfMatch, VERSIONS, (value: string) => readExpectedVersion(requestWith(value))],
    ['Last-Event-ID', lastEventId, POSITIONS, readPosition],
  ])('%s', (_name, parameter, values, read) => {
    for (const value of values)
      expect([value, fits(parameter?.schema as Schema, value)]).toEqual([value, isRead(read, value)]);
  });
});

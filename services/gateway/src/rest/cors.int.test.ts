import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getLine, listLines } from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { aLine, rowId } from '@plantops/testing';
import { openApiDocument } from '../documents/openapi.ts';
import { Gateway } from '../gateway-fixture.ts';

const PAGE = 'https://app.example.com';
let gateways: { open: Gateway; closed: Gateway };
beforeAll(async () => {
  const answers = [
    answer(listLines, async () => ({ items: [], next_cursor: null, total: 0, total_is_capped: false })),
    answer(getLine, async () => aLine({ id: rowId(1) })),
  ];
  const production = { service: 'production', answers } as const;
  gateways = {
    open: await Gateway.start([production], { PLANTOPS_CORS_ORIGINS: `http://localhost:3000,${PAGE}` }),
    closed: await Gateway.start([production]),
  };
}, 60_000);
afterAll(async () => {
  await gateways.open.close();
  await gateways.closed.close();
});

const of = (gateway: Gateway, origin: string, path = '/lines') => gateway.send(path, { headers: { origin } });
/** What a browser asks before a page may send a PATCH with a token. */
const preflight = (gateway: Gateway, origin: string) =>
  gateway.send(`/lines/${rowId(1)}`, {
    method: 'OPTIONS',
    claims: null,
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match',
    },
  });
const namesOf = (headers: Headers, name: string): string[] => (headers.get(name) ?? '').toLowerCase().split(/, ?/);
const corsOf = (headers: Headers): string[] => [...headers.keys()].filter((name) => name.startsWith('access-control'));

describe('a page of an allowed origin', () => {
  test('gets permission without a token, for each method and for the headers that the API reads', async () => {
    const { status, headers } = await preflight(gateways.open, PAGE);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PAGE]);
    expect(namesOf(headers, 'access-control-allow-methods')).toEqual(['get', 'head', 'post', 'put', 'patch', 'delete']);
    expect(namesOf(headers, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining(['authorization', 'x-api-key', 'idempotency-key', 'if-match', 'content-type']),
    );
  });

  test('may read the answer and every header that the API document names, and never sends cookies', async () => {
    const { status, headers } = await of(gateways.open, PAGE);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const { components } = openApiDocument() as { components: { headers: Record<string, object> } };
    const exposed = namesOf(headers, 'access-control-expose-headers').map((name) => name.replaceAll('-', ''));
    expect(exposed).toEqual(expect.arrayContaining(Object.keys(components.headers).map((name) => name.toLowerCase())));
  });

  test('may read problems too', async () => {
    const { status, headers } = await gateways.open.send('/lines', { claims: null, headers: { origin: PAGE } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
  });
});

test('a page of any other origin gets no permission', async () => {
  for (const origin of [
    'https://evil.example.com',
    'https://app.example.com.evil.io',
    'http://app.example.com',
    'null',
  ])
    for (const { headers } of [await preflight(gateways.open, origin), await of(gateways.open, origin)])
      expect([origin, headers.get('access-control-allow-origin')]).toEqual([origin, null]);
});

test('a cache keeps answers to different origins, and JSON and CSV, apart', async () => {
  for (const path of ['/lines', `/lines/${rowId(1)}`])
    expect(namesOf((await of(gateways.open, PAGE, path)).headers, 'vary')).toEqual(['origin', 'accept']);
});

test('without origins there is no CORS header, and nobody gets permission', async () => {
  const [read, asked] = [await of(gateways.closed, PAGE), await preflight(gateways.closed, PAGE)];
  expect([read.status, corsOf(read.headers), namesOf(read.headers, 'vary')]).toEqual([200, [], ['accept']]);
  expect([asked.status, corsOf(asked.headers)]).toEqual([405, []]);
});

import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLine,
  getLine,
  listLines,
  listProducts,
  Problem,
  updateLine,
  voidDowntime,
  voidScrap,
  writeCursor,
} from '@plantops/contracts';
import { answer, type Call } from '@plantops/service-kit';
import { aLine, aProduct, aScrap, aStop, LINE_ID, PLANT_ID, rowId, waitFor } from '@plantops/testing';
import { Gateway, tokenOf } from '../gateway-fixture.ts';

let gateway: Gateway;
/** The requests that reached the other services. */
let asked: { input: unknown; call: Call }[] = [];
const note = (input: unknown, call: Call) => void asked.push({ input, call });
const PRODUCTS_ON_A_PAGE = 500;
const PAGES = [0, 1, 2];
const cursorOf = (page: number): string => writeCursor('created_at', { value: String(page), id: rowId(1) });
beforeAll(async () => {
  const production = [
    answer(getLine, async (input, call) => {
      note(input, call);
      if (input.id === rowId(404)) throw new Problem('not_found', 'there is no such line');
      return aLine({ id: input.id, version: 7 });
    }),
    answer(listLines, async (input, call) => {
      note(input, call);
      return { items: [], next_cursor: null, total: 0, total_is_capped: false };
    }),
    answer(listProducts, async ({ cursor, code }) => {
      const page = cursor === undefined ? 0 : PAGES.findIndex((n) => cursorOf(n) === cursor);
      if (page === 1 && code === 'CUT') throw new Problem('service_unavailable', 'the database is away');
      const first = page * PRODUCTS_ON_A_PAGE;
      return {
        items: Array.from({ length: PRODUCTS_ON_A_PAGE }, (_, n) => aProduct({ id: rowId(first + n + 1) })),
        next_cursor: page < 2 ? cursorOf(page + 1) : null,
        total: 3 * PRODUCTS_ON_A_PAGE,
        total_is_capped: false,
      };
    }),
    answer(createLine, async (input, call) => {
      note(input, call);
      return aLine({ name: input.name });
    }),
    answer(updateLine, async (input, call) => {
      note(input, call);
      if (call.expectedVersion !== undefined && call.expectedVersion !== 7)
        throw new Problem('stale_version', 'it is at version 7 now');
      return aLine({ version: 8 });
    }),
    answer(voidScrap, async (input, call) => {
      note(input, call);
      return aScrap({ void_reason: input.reason });
    }),
  ];
  const downtimes = [
    answer(voidDowntime, async (input, call) => {
      note(input, call);
      return aStop({ void_reason: input.reason });
    }),
  ];
  gateway = await Gateway.start([
    { service: 'production', answers: production },
    { service: 'downtimes', answers: downtimes },
  ]);
});
beforeEach(() => {
  asked = [];
});
afterAll(() => gateway.close());

const line = { code: 'L1', plant_id: PLANT_ID, name: 'Line 1', hourly_cost: 300, ideal_cycle_seconds: 30 };
const post = (body: unknown, headers?: Record<string, string>) =>
  gateway.send('/lines', { method: 'POST', body, ...(headers ? { headers } : {}) });

describe('who may call', () => {
  test.each([
    ['no token', null],
    ['a token of another secret', { secret: 'another-secret-of-32-characters!' }],
    ['a token of another issuer', { issuer: 'somebody' }],
    ['a token for another audience', { audience: 'somebody' }],
    ['an expired token', { expires: '-1m' }],
    ['a token of no tenant', { tenant: '*' }],
    ['a token that was issued in the future', { more: { iat: Date.now() / 1000 + 3_600 } }],
    ['a token that never expires', { expires: 1e300 }],
    ['a token that expires in two years', { expires: '730d' }],
    ['a token with the name of a service', { subject: ' Service:money-leaks' }],
    ['a token of more than 8 KiB', { more: { groups: 'x'.repeat(8_000) } }],
  ] as const)('%s: 401', async (_what, claims) => {
    const { status, headers, body } = await gateway.send('/lines', { claims });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(body).toMatchObject({ code: 'unauthenticated' });
    expect(asked).toEqual([]);
  });

  test.each([
    'Bearer',
    'Bearer x',
    'Basic YTpi',
    `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"tenant_id":"akron","roles":["admin"]}')}.`,
  ])('%s is no token: 401', async (authorization) =>
    expect((await gateway.send('/lines', { claims: null, headers: { authorization } })).status).toBe(401),
  );

  test.each([
    ['a token that is too long', { more: { groups: 'x'.repeat(8_000) } }, 'the token is longer than 8 KiB'],
    ['a token that is valid for too long', { expires: '730d' }, 'more than 8784 hours'],
    ['a token of a future time', { more: { iat: Date.now() / 1000 + 3_600 } }, 'in the future (iat)'],
    ['a token with a reserved subject', { subject: 'api-key:x' }, 'the subject (sub)'],
  ] as const)('%s: the refusal says so', async (_what, claims, detail) => {
    const { body } = await gateway.send('/lines', { claims });
    expect(body).toMatchObject({ detail: expect.stringContaining(detail) });
  });

  test('a development token of a year is accepted', async () => {
    expect(
      (await gateway.send('/lines', { claims: { expires: '365d', more: { iat: Date.now() / 1000 } } })).status,
    ).toBe(200);
  });

  test('no body is read before the caller is known', async () => {
    const { status } = await gateway.send('/lines', { method: 'POST', claims: null, body: '{"code": ' });
    expect(status).toBe(401);
  });

  test('too small a role: 403, and no service is asked', async () => {
    const { status, body } = await gateway.send('/lines', { method: 'POST', body: line, claims: { role: 'operator' } });
    expect([status, body]).toEqual([
      403,
      expect.objectContaining({ code: 'forbidden', detail: expect.stringContaining('engineer') }),
    ]);
    expect((await gateway.send('/lines', { claims: { role: 'none' } })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test('tenant, person and roles of the token go to the owner, and not those of the request', async () => {
    await gateway.send('/lines?limit=5', {
      claims: { tenant: 'globex', role: 'viewer' },
      headers: { 'po-tenant': 'akron' },
    });
    expect(asked[0]?.call).toMatchObject({ tenant: 'globex', actor: 'ada', roles: ['viewer'] });
  });
});

describe('a request the gateway refuses gets a problem that says what to do', () => {
  const problem = (status: number, code: string) => ({
    type: `urn:plantops:problem:${code}`,
    title: expect.any(String),
    status,
    code,
    detail: expect.any(String),
    errors: expect.any(Array),
    trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });

  test.each([
    ['a path that is not there', '/liness', {}, 404, 'not_found'],
    ['a path that cannot be read', '/lines/%ZZ', {}, 404, 'not_found'],
    ['a path in capitals', '/LINES', {}, 404, 'not_found'],
    ['a path with a slash at its end', '/lines/', {}, 404, 'not_found'],
    ['the live stream in capitals', '/STREAM', {}, 404, 'not_found'],
    ['the live stream with a slash at its end', '/stream/', {}, 404, 'not_found'],
    ['a row that is not there', `/lines/${rowId(404)}`, {}, 404, 'not_found'],
    ['a method that the resource does not offer', '/lines', { method: 'DELETE' }, 405, 'method_not_allowed'],
    ['10 MB', '/lines', { method: 'POST', body: { ...line, name: 'x'.repeat(10_000_000) } }, 413, 'body_too_large'],
    [
      'another content type',
      '/lines',
      { method: 'POST', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    [
      'another encoding',
      '/lines',
      { method: 'POST', body: line, headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'unsupported_media_type',
    ],
    ['malformed JSON', '/lines', { method: 'POST', body: '{"code": ' }, 400, 'malformed_json'],
    ['an array', '/lines', { method: 'POST', body: '[]' }, 422, 'invalid'],
    [
      'nesting without end',
      '/lines',
      { method: 'POST', body: `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
      422,
      'invalid',
    ],
    ['a number beyond range', '/lines', { method: 'POST', body: '{"hourly_cost":1e999}' }, 422, 'invalid'],
    ['half of a character', '/lines', { method: 'POST', body: '{"name":"\\ud800"}' }, 422, 'invalid'],
    ['a field that would be lost', '/lines', { method: 'POST', body: '{"__proto__":{}}' }, 422, 'invalid'],
    [
      'an If-Match that is no ETag',
      `/lines/${LINE_ID}`,
      { method: 'PUT', body: {}, headers: { 'if-match': '7' } },
      422,
      'invalid',
    ],
    ['the id said twice', `/lines/${LINE_ID}`, { method: 'PUT', body: { id: rowId(9) } }, 422, 'invalid'],
  ])('%s', async (_what, path, sent, status, code) => {
    const received = await gateway.send(path, sent);
    expect([received.status, received.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(received.body).toEqual(problem(status, code));
    expect(asked.length).toBe(path === `/lines/${rowId(404)}` ? 1 : 0);
  });

  test('a body that is declared too large is refused before it is sent', async () => {
    const headers = {
      authorization: `Bearer ${await tokenOf()}`,
      'content-type': 'application/json',
      'content-length': 10_000_000,
    };
    const sending = request(`${gateway.url}/api/v1/plant-ops/lines`, { method: 'POST', headers });
    let status: number | undefined;
    sending.on('response', (response) => (status = response.statusCode)).on('error', () => {});
    sending.flushHeaders();
    await waitFor('the refusal', () => status !== undefined).finally(() => sending.destroy());
    expect(status).toBe(413);
  });

  test('405 names the methods of the resource', async () => {
    expect((await gateway.send('/lines', { method: 'PATCH' })).headers.get('allow')).toBe('POST, GET');
  });

  test('the owner names an unknown field: 422', async () => {
    const { status, body } = await post({ ...line, colour: 'red', hourly_cost: -1 });
    expect(status).toBe(422);
    expect((body as { errors: { path: string }[] }).errors.map(({ path }) => path).sort()).toEqual([
      'colour',
      'hourly_cost',
    ]);
  });

  test('a service that is down: 503 and when to try again', async () => {
    const { status, headers, body } = await gateway.send('/trials');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(body).toEqual(problem(503, 'service_unavailable'));
  });

  test('the trace of the caller continues in the services', async () => {
    const traceparent = '00-aaaabbbbccccddddeeeeffff00001111-b7ad6b7169203331-01';
    const { body } = await gateway.send(`/lines/${rowId(404)}`, { headers: { traceparent } });
    expect(body).toMatchObject({ trace_id: 'aaaabbbbccccddddeeeeffff00001111' });
    expect(asked[0]?.call.traceparent).toBe(traceparent);
  });
});

describe('what the gateway passes on', () => {
  test('a row has its version as ETag, and If-Match goes to its owner', async () => {
    const read = await gateway.send(`/lines/${LINE_ID}`);
    expect([read.status, read.headers.get('etag')]).toEqual([200, '"7"']);
    expect(read.body).toEqual(aLine({ version: 7 }));
    const put = (etag: string) =>
      gateway.send(`/lines/${LINE_ID}`, { method: 'PUT', body: { name: 'x' }, headers: { 'if-match': etag } });
    expect([(await put('"6"')).status, (await put('W/"7"')).status, (await put('*')).status]).toEqual([412, 200, 200]);
    expect(asked.map(({ call }) => call.expectedVersion)).toEqual([undefined, 6, 7, undefined]);
  });

  test.each([
    ['"7"', 304],
    ['W/"7"', 304],
    ['"6", "7"', 304],
    ['*', 304],
    ['"6"', 200],
    ['7', 200],
  ])('If-None-Match: %s of a row at version 7 is answered %d', async (tag, status) => {
    const read = await gateway.send(`/lines/${LINE_ID}`, { headers: { 'if-none-match': tag } });
    expect([read.status, read.headers.get('etag'), read.body === null]).toEqual([status, '"7"', status === 304]);
  });

  test('HEAD is GET without the body: its query is checked, and it has the same headers', async () => {
    expect((await gateway.send('/lines?limit=9999', { method: 'HEAD' })).status).toBe(422);
    const [head, get] = [
      await gateway.send(`/lines/${LINE_ID}`, { method: 'HEAD' }),
      await gateway.send(`/lines/${LINE_ID}`),
    ];
    const of = ({ headers }: { headers: Headers }) =>
      ['etag', 'content-type', 'content-length'].map((h) => headers.get(h));
    expect([head.status, head.body, of(head)]).toEqual([200, null, of(get)]);
    const stream = await gateway.send('/stream', { method: 'HEAD' });
    expect([stream.status, stream.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('PATCH of a row is its PUT', async () => {
    const patched = await gateway.send(`/lines/${LINE_ID}`, { method: 'PATCH', body: { name: 'x' } });
    expect([patched.status, asked[0]?.input]).toEqual([200, { id: LINE_ID, name: 'x' }]);
    expect((await gateway.send(`/lines/${LINE_ID}`, { method: 'POST' })).headers.get('allow')).toBe('GET, PUT, PATCH');
  });

  test('the query of a GET arrives as fields, which the owner checks', async () => {
    expect((await gateway.send(`/lines?limit=20&is_active=false&plant_id=${PLANT_ID}&sort=created_at`)).status).toBe(
      200,
    );
    expect(asked[0]?.input).toEqual({ limit: 20, is_active: false, plant_id: PLANT_ID, sort: 'created_at' });
    for (const query of ['limit=many', 'limit=1&limit=2', 'colour=red', '__proto__=1'])
      expect([query, (await gateway.send(`/lines?${query}`)).status]).toEqual([query, 422]);
  });

  test('POST responds 201, and text of any script arrives unchanged', async () => {
    const { status, body, headers } = await post({ ...line, name: 'Füllerei „Ost“ ☕ 製造' });
    expect([status, body]).toEqual([201, expect.objectContaining({ name: 'Füllerei „Ost“ ☕ 製造' })]);
    expect(headers.get('location')).toBe(`/api/v1/plant-ops/lines/${LINE_ID}`);
  });

  test('a PUT without a body changes no field', async () => {
    expect((await gateway.send(`/lines/${LINE_ID}`, { method: 'PUT' })).status).toBe(200);
    expect(asked[0]?.input).toEqual({ id: LINE_ID });
  });

  test('the reason of a DELETE is in its query or its body', async () => {
    const inQuery = await gateway.send(`/downtimes/${rowId(7)}?reason=wrong%20line`, { method: 'DELETE' });
    const inBody = await gateway.send(`/scrap/${rowId(6)}`, { method: 'DELETE', body: { reason: 'counted twice' } });
    expect([inQuery.body, inBody.body]).toMatchObject([
      { void_reason: 'wrong line' },
      { void_reason: 'counted twice' },
    ]);
    expect((await gateway.send(`/scrap/${rowId(6)}`, { method: 'DELETE' })).status).toBe(422);
  });

  test('a list as CSV: the same rows, their number and the next page in the headers', async () => {
    const response = await fetch(`${gateway.url}/api/v1/plant-ops/lines?limit=1&is_active=true`, {
      headers: { authorization: `Bearer ${await tokenOf()}`, accept: 'text/csv' },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    expect((await response.text()).split('\r\n')[0]).toMatch(/^id,tenant_id,version,/);
    expect(['x-total-count', 'vary', 'content-disposition'].map((name) => response.headers.get(name))).toEqual([
      '0',
      'Accept',
      'attachment; filename="lines.csv"',
    ]);
  });

  test('a list as CSV that is not asked for a page has all rows; when a page fails, its last line says so', async () => {
    const csv = async (query: string) => {
      const response = await fetch(`${gateway.url}/api/v1/plant-ops/products${query}`, {
        headers: { authorization: `Bearer ${await tokenOf()}`, accept: 'text/csv' },
      });
      return (await response.text()).trimEnd().split('\r\n').slice(1);
    };
    const all = await csv('');
    expect([all.length, new Set(all).size]).toEqual([3 * PRODUCTS_ON_A_PAGE, 3 * PRODUCTS_ON_A_PAGE]);
    expect(await csv('?limit=500')).toHaveLength(PRODUCTS_ON_A_PAGE);
    const cut = await csv('?code=CUT');
    expect(cut).toHaveLength(PRODUCTS_ON_A_PAGE + 1);
    expect(cut.at(-1)).toBe(
      `"# cut after ${PRODUCTS_ON_A_PAGE} rows: the database is away; the rest: cursor=${cursorOf(1)}"`,
    );
  });

  test('an Idempotency-Key goes to the owner of a write; an invalid one is named', async () => {
    const key = (value: string) => post(line, { 'idempotency-key': value });
    await key('a-1');
    expect(asked[0]?.call).toMatchObject({
      idempotencyKey: 'a-1',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await gateway.send(`/lines/${LINE_ID}`, { headers: { 'idempotency-key': 'a-2' } });
    expect(asked[1]?.call.idempotencyKey).toBeUndefined();
    for (const value of ['x'.repeat(256), 'with space'])
      expect(await key(value)).toMatchObject({ status: 422, body: { errors: [{ path: 'Idempotency-Key' }] } });
  });

  test('health and readiness need no token', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await fetch(gateway.url + path)).status).toBe(200);
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listLines } from '@plantops/contracts';
import { answer, provision } from '@plantops/service-kit';
import { natsUrlOf, TEST_TENANTS } from '@plantops/testing';
import { Gateway } from '../gateway-fixture.ts';
import { hashOf } from './hash-of.ts';

let gateway: Gateway;
const asked: string[] = [];
beforeAll(async () => {
  const lines = answer(listLines, async (_input, { tenant }) => {
    asked.push(tenant);
    return { items: [], next_cursor: null, total: 0, total_is_capped: false };
  });
  gateway = await Gateway.start([{ service: 'production', answers: [lines] }]);
});
afterAll(() => gateway.close());

test.each(['nosuch', 'constructor', '-', 'akron-2'])(
  'a token of the tenant %s, which the plant does not have, is refused, and no service is asked',
  async (tenant) => {
    expect(await gateway.send('/lines', { claims: { tenant } })).toMatchObject({
      status: 403,
      body: { code: 'unknown_tenant', detail: expect.stringContaining(`pnpm run tenant add ${tenant}`) },
    });
    expect((await gateway.send('/stream', { claims: { tenant } })).status).toBe(403);
    expect(asked).not.toContain(tenant);
  },
);

test('a key of a tenant that the plant does not have is refused', async () => {
  const key = `po_nosuch_${'a'.repeat(12)}_${'b'.repeat(43)}`;
  await gateway.rows.query(
    `insert into api_key (id, tenant_id, version, created_at, updated_at, created_by, updated_by, name, role, key_prefix,
       key_hash)
     values (gen_random_uuid(), 'nosuch', 1, now(), now(), 'test', 'test', 'old', 'viewer', $1, $2)`,
    ['a'.repeat(12), hashOf(key)],
  );
  const use = (text: string) => gateway.send('/lines', { claims: null, headers: { 'x-api-key': text } });
  expect(await use(key)).toMatchObject({ status: 403, body: { code: 'unknown_tenant' } });
  // A guess does not say which tenants there are.
  expect([(await use(key.replace(/b$/, 'c'))).status, (await use(key.replace('nosuch', 'akron'))).status]).toEqual([
    401, 401,
  ]);
});

test('a tenant that is added later is accepted as soon as it has its streams', async () => {
  const claims = { tenant: 'initech' };
  expect((await gateway.send('/lines', { claims })).status).toBe(403);
  await provision(natsUrlOf('provisioner'), [...TEST_TENANTS, 'initech']);
  expect((await gateway.send('/lines', { claims })).status).toBe(200);
});

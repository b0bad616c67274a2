import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLine, listLines } from '@plantops/contracts';
import { answer, type Call } from '@plantops/service-kit';
import { aLine, waitFor } from '@plantops/testing';
import { Gateway, type Received } from '../gateway-fixture.ts';

let gateway: Gateway;
const callers: Pick<Call, 'tenant' | 'actor' | 'roles'>[] = [];
const empty = { items: [], next_cursor: null, total: 0, total_is_capped: false };
beforeAll(async () => {
  const note = ({ tenant, actor, roles }: Call) => void callers.push({ tenant, actor, roles });
  gateway = await Gateway.start([
    {
      service: 'production',
      answers: [
        answer(listLines, async (_input, call) => {
          note(call);
          return empty;
        }),
        answer(createLine, async () => aLine()),
      ],
    },
  ]);
});
afterAll(() => gateway.close());

type Made = { id: string; key: string; key_prefix: string; last_used_at: string | null };
const make = async (
  fields: object = {},
  more: { headers?: Record<string, string>; tenant?: string } = {},
): Promise<Made> => {
  const { headers = {}, tenant = 'akron' } = more;
  const received = await gateway.send('/api-keys', {
    method: 'POST',
    body: { name: 'historian', role: 'viewer', ...fields },
    headers,
    claims: { tenant },
  });
  expect(received.status).toBe(201);
  return received.body as Made;
};
const use = (key: string, path = '/lines', method = 'GET'): Promise<Received> =>
  gateway.send(path, {
    claims: null,
    headers: { 'x-api-key': key },
    method,
    ...(method === 'GET' ? {} : { body: {} }),
  });

describe('an API key', () => {
  test('acts with its role, for its tenant, under its name', async () => {
    const { key } = await make();
    expect((await use(key)).status).toBe(200);
    expect(callers.at(-1)).toEqual({
      tenant: 'akron',
      actor: expect.stringMatching(/^api-key:[0-9a-f]{12}:historian$/),
      roles: ['viewer'],
    });
    expect(await use(key, '/lines', 'POST')).toMatchObject({ status: 403 });
  });

  test('is shown once, and only its hash is stored', async () => {
    const made = await make();
    expect(made.key).toMatch(/^po_akron_[0-9a-f]{12}_[\w-]{43}$/);
    const { body } = await gateway.send('/api-keys');
    expect(JSON.stringify(body)).not.toContain(made.key.slice(-20));
    expect((body as { items: object[] }).items[0]).not.toHaveProperty('key_hash');
    const { rows } = await gateway.rows.query<{ text: string }>(
      "select api_key::text || coalesce(k.answer, '') as text from api_key left join idempotency_key k on true",
    );
    expect(rows.filter(({ text }) => text.includes(made.key))).toEqual([]);
  });

  test('created twice under one Idempotency-Key is one key; the second response does not contain the secret', async () => {
    const headers = { 'idempotency-key': 'make-1' };
    const [first, second] = [await make({ name: 'erp' }, { headers }), await make({ name: 'erp' }, { headers })];
    expect(second).toEqual({ ...first, key: null });
  });

  test('records when it was last used', async () => {
    const { key, id } = await make({ name: 'used' });
    await use(key);
    const { body } = await gateway.send('/api-keys');
    expect((body as { items: Made[] }).items.find((one) => one.id === id)?.last_used_at).toEqual(expect.any(String));
  });

  test('that is revoked no longer works, and is revoked once', async () => {
    const { key, id } = await make({ name: 'lost' });
    expect((await gateway.send(`/api-keys/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await use(key)).status).toBe(401);
    expect((await gateway.send(`/api-keys/${id}`, { method: 'DELETE' })).status).toBe(409);
  });

  test('that is revoked while it is in use is refused soon', async () => {
    const { key, id } = await make({ name: 'in use' });
    expect((await use(key)).status).toBe(200);
    await gateway.send(`/api-keys/${id}`, { method: 'DELETE' });
    await waitFor('the key to be refused', async () => (await use(key)).status === 401);
  });

  test('that has expired does not work', async () => {
    const { key, id } = await make({ expires_at: '2099-01-01T00:00:00Z' });
    await gateway.rows.query("update api_key set expires_at = now() - interval '1 second' where id = $1", [id]);
    expect((await use(key)).status).toBe(401);
  });

  test.each(['', 'x', 'po_akron_000000000000_x', `po_akron_000000000000_${'a'.repeat(43)}`, `po_${'a'.repeat(5000)}`])(
    '"%.30s" is none: 401',
    async (key) => expect((await use(key)).status).toBe(401),
  );

  test('of one tenant with another tenant’s name in it is refused', async () => {
    const { key } = await make();
    expect((await use(key.replace('po_akron', 'po_globex'))).status).toBe(401);
  });

  test('belongs to its tenant: other tenants can neither see nor revoke it', async () => {
    const { id } = await make();
    const { body } = await gateway.send('/api-keys', { claims: { tenant: 'globex' } });
    expect(body).toMatchObject({ items: [] });
    expect((await gateway.send(`/api-keys/${id}`, { method: 'DELETE', claims: { tenant: 'globex' } })).status).toBe(
      404,
    );
  });

  test('is created by an admin only', async () => {
    for (const role of ['viewer', 'operator', 'engineer'] as const)
      expect(
        (await gateway.send('/api-keys', { method: 'POST', body: { name: 'x', role: 'viewer' }, claims: { role } }))
          .status,
      ).toBe(403);
  });
});

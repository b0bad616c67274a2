import { describe, expect, test } from '@jest/globals';
import { createPlantOps, type Schemas } from './index.ts';

const answering = (status: number, body: unknown) => {
  const asked: Request[] = [];
  const fetch = async (request: Request) => {
    asked.push(request);
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
  return { asked, fetch };
};
const baseUrl = 'http://plant.example';
const LINE = '01990000-0000-7000-8000-000000000002';

describe('the client', () => {
  test('asks with a token, its query typed', async () => {
    const { asked, fetch } = answering(200, { items: [], next_cursor: null, total: 0, total_is_capped: false });
    const plant = createPlantOps({ baseUrl, token: 'a.b.c', fetch });
    const { data } = await plant.GET('/api/v1/plant-ops/downtimes', {
      params: { query: { line_id: LINE, status: 'open' } },
    });
    const items: Schemas['DowntimeView'][] | undefined = data?.items;
    expect(items).toEqual([]);
    expect(asked[0]?.url).toBe(`${baseUrl}/api/v1/plant-ops/downtimes?line_id=${LINE}&status=open`);
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer a.b.c');
  });

  test('asks with a key; what has a default may be left out', async () => {
    const { asked, fetch } = answering(201, { id: LINE });
    const plant = createPlantOps({ baseUrl, apiKey: 'po_key', fetch });
    await plant.POST('/api/v1/plant-ops/downtimes', {
      params: { header: { 'Idempotency-Key': 'once' } },
      body: { line_id: LINE, reason_category: 'mechanical' },
    });
    expect(asked[0]?.headers.get('x-api-key')).toBe('po_key');
    expect(asked[0]?.headers.get('idempotency-key')).toBe('once');
    expect(await asked[0]?.json()).toEqual({ line_id: LINE, reason_category: 'mechanical' });
  });

  test('a refusal is an error with its code', async () => {
    const { fetch } = answering(404, { code: 'not_found' });
    const { data, error } = await createPlantOps({ baseUrl, token: 'a.b.c', fetch }).GET(
      '/api/v1/plant-ops/lines/{id}',
      {
        params: { path: { id: LINE } },
      },
    );
    expect(data).toBeUndefined();
    expect(error?.code).toBe('not_found');
  });

  test('the compiler refuses paths and fields that are not there', () => {
    const { fetch } = answering(200, {});
    const plant = createPlantOps({ baseUrl, token: 'a.b.c', fetch });
    const wrong = () => [
      // @ts-expect-error no such path
      plant.GET('/api/v1/plant-ops/no-such-thing'),
      // @ts-expect-error no such reason
      plant.POST('/api/v1/plant-ops/downtimes', { body: { line_id: LINE, reason_category: 'bad luck' } }),
    ];
    expect(wrong).toBeInstanceOf(Function);
  });
});

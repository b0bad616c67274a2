import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lines, plant, products } from './demo-plant.ts';
import { ensurePlant } from './ensure-plant.ts';
import { PlantOpsApi } from './plantops-api.ts';

const running = new AbortController().signal;
type Row = Record<string, unknown> & { id: string; code: string };

describe('the demo plant in PlantOps', () => {
  /** A fake of the REST API: it stores rows, refuses a code that exists, and lists one row on each page. */
  let server: Server;
  let api: PlantOpsApi;
  const kept = new Map<string, Row[]>();
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const rows = kept.get(url.pathname) ?? [];
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      seen.push(String(request.headers.authorization));
      const read = async () => JSON.parse(Buffer.concat(await request.toArray()).toString()) as Row;
      const post = async () => {
        const row = await read();
        if (rows.some(({ code }) => code === row.code)) return answer(409, { code: 'already_exists', detail: '' });
        kept.set(url.pathname, [...rows, { ...row, id: `${row.code}-id` }]);
        return answer(201, row);
      };
      if (request.method === 'POST') return void post();
      const at = Number(url.searchParams.get('cursor') ?? 0);
      return answer(200, { items: rows.slice(at, at + 1), next_cursor: at + 1 < rows.length ? String(at + 1) : null });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    api = new PlantOpsApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'secret', running);
  });
  beforeEach(() => kept.clear());
  afterAll(() => new Promise((closed) => server.close(closed)));
  const rows = (resource: string) => kept.get(`/api/v1/plant-ops/${resource}`) ?? [];

  test('is created when it is missing, and only once', async () => {
    const first = await ensurePlant(api, 1);
    expect(await ensurePlant(api, 1)).toEqual(first);
    expect(first.map(({ code, id, pace }) => [code, id, pace])).toEqual(
      lines.map(({ code }) => [code, `${code}-id`, 1]),
    );
    expect(rows('plants')).toEqual([{ ...plant, id: 'akron-1-id' }]);
    expect(rows('products').map(({ code }) => code)).toEqual(products.map(({ code }) => code));
    expect(rows('lines').map(({ code, plant_id, micro_stop_seconds }) => [code, plant_id, micro_stop_seconds])).toEqual(
      lines.map(({ code }) => [code, 'akron-1-id', 60]),
    );
    expect(new Set(seen)).toEqual(new Set(['Bearer secret']));
  });

  test('has a shorter micro-stop threshold when the demo runs faster', async () => {
    await ensurePlant(api, 20);
    expect(rows('lines').map(({ micro_stop_seconds }) => micro_stop_seconds)).toEqual([3, 3, 3]);
  });

  test('uses the ideal cycle time that a line has in PlantOps', async () => {
    kept.set('/api/v1/plant-ops/lines', [{ id: 'mine', code: 'PACK-1', ideal_cycle_seconds: 9 }]);
    expect(await ensurePlant(api, 1)).toContainEqual(
      expect.objectContaining({ code: 'PACK-1', id: 'mine', ideal_cycle_seconds: 9 }),
    );
  });

  test('cannot be created: the error contains the answer of PlantOps', async () => {
    const refusing = createServer((_, response) =>
      response.writeHead(403).end('{"code":"forbidden","detail":"admin needed"}'),
    );
    await new Promise<void>((listening) => refusing.listen(0, '127.0.0.1', listening));
    const other = new PlantOpsApi(`http://127.0.0.1:${(refusing.address() as AddressInfo).port}`, 'x', running);
    await expect(ensurePlant(other, 1)).rejects.toThrow('GET plants?limit=500 answered 403 admin needed');
    await new Promise((closed) => refusing.close(closed));
  });
});

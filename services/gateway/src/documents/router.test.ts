import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import helmet from 'helmet';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documents } from './router.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const app = express();
  app.set('etag', false);
  app.use(helmet());
  app.use(documents());
  const listening = Promise.withResolvers<void>();
  server = app.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('the documents over HTTP', () => {
  test.each([
    ['/openapi.json', { openapi: '3.1.0' }],
    ['/asyncapi.json', { asyncapi: '3.0.0' }],
  ])('%s is JSON that may be kept for a while, without an ETag', async (path, document) => {
    const response = await fetch(url + path);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.json()).toMatchObject(document);
  });

  test('the page loads its own files only, and its policy allows no other', async () => {
    const response = await fetch(`${url}/docs`);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('upgrade-insecure-requests');
    const files = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file as string);
    expect(files).toHaveLength(4);
    for (const file of files) {
      const loaded = await fetch(url + file);
      expect([file, loaded.status, loaded.headers.get('cache-control')]).toEqual([
        file,
        200,
        expect.stringMatching(/^public, max-age=\d+$/),
      ]);
      await loaded.arrayBuffer();
    }
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|https?:/);
  });

  test('no other file of the package is served', async () => {
    for (const path of ['/docs/index.html', '/docs/package.json', '/docs/..%2fpackage.json', '/docs/nothing.js'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import express, { type ErrorRequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { once } from 'node:events';
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

  test('one address reads so many at once; another address still reads, until all places are taken', async () => {
    const limited = express();
    limited.set('trust proxy', 1);
    limited.use(documents({ all: 3, ofOne: 2 }));
    // A path below /docs that is not a file of the page: its reader takes a place, and the test answers.
    const reading: Response[] = [];
    limited.get('/docs/slow', (_request, response) => void reading.push(response));
    const refusal: ErrorRequestHandler = (error, _request, response, _next) =>
      void response.status(429).send(error.code);
    limited.use(refusal);
    const reader = limited.listen(0, '127.0.0.1');
    await once(reader, 'listening');
    const read = async (address: string) => {
      const response = await fetch(`http://127.0.0.1:${(reader.address() as AddressInfo).port}/docs/slow`, {
        headers: { 'x-forwarded-for': address },
      });
      return response.text();
    };
    const texts = [read('203.0.113.1'), read('203.0.113.1')];
    await waitFor('two readers', () => reading.length === 2);
    expect(await read('203.0.113.1')).toBe('too_many_requests');
    texts.push(read('203.0.113.2'));
    await waitFor('a third reader', () => reading.length === 3);
    expect(await read('203.0.113.3')).toBe('service_unavailable');
    for (const response of reading) response.send('read');
    expect(await Promise.all(texts)).toEqual(['read', 'read', 'read']);
    await new Promise((resolve) => reader.close(resolve));
  });
});

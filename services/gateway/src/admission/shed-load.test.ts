import { EventEmitter } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { placesOfTenants, shedLoad } from './shed-load.ts';

afterEach(() => void jest.useRealTimers());

const passes = (shed: ReturnType<typeof shedLoad>): Response | undefined => {
  const response = new EventEmitter() as unknown as Response;
  let passed = false;
  try {
    void shed({} as Request, response, () => (passed = true));
  } catch (error) {
    expect(error).toMatchObject({ code: 'service_unavailable' });
  }
  return passed ? response : undefined;
};

test('at most so many requests are in progress; one that ends, in any way, makes room', () => {
  const shed = shedLoad(() => 0, { most: 2 });
  const [first, second] = [passes(shed), passes(shed)];
  expect([first, second, passes(shed)]).toEqual([expect.anything(), expect.anything(), undefined]);
  first?.emit('close');
  expect(passes(shed)).toBeDefined();
  expect(passes(shed)).toBeUndefined();
});

test('while the event loop is late no request is admitted; when it is on time again, requests are', () => {
  let late = 2_100;
  const shed = shedLoad(() => late);
  expect(passes(shed)).toBeUndefined();
  late = 10;
  expect(passes(shed)).toBeDefined();
});

test('one tenant has at most so many requests in progress; another tenant is not affected', () => {
  const take = placesOfTenants(() => 0, { most: 2 });
  const response = () => new EventEmitter() as unknown as Response;
  const first = response();
  take('akron', first);
  take('akron', response());
  expect(() => take('akron', response())).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
  take('globex', response());
  first.emit('close');
  take('akron', response());
  expect(() => take('akron', response())).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
});

test('while the event loop is late, a tenant with many requests in progress is refused, one with few is not', () => {
  let late = 300;
  const take = placesOfTenants(() => late, { few: 2 });
  const response = () => new EventEmitter() as unknown as Response;
  take('akron', response());
  take('akron', response());
  expect(() => take('akron', response())).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
  take('globex', response());
  late = 10;
  take('akron', response());
});

test('unread response bytes are limited for each tenant and for all, and dropped after a while', () => {
  jest.useFakeTimers();
  const take = placesOfTenants(() => 0, { most: 10, unread: { ofTenant: 100, ofAll: 150 } });
  const destroyed: string[] = [];
  const response = (name: string) => {
    const emitter = new EventEmitter();
    const destroy = () => {
      destroyed.push(name);
      emitter.emit('close');
    };
    return Object.assign(emitter, { destroy }) as unknown as Response;
  };
  take('akron', response('first'))(90);
  const refusal = expect.objectContaining({ code: 'service_unavailable' });
  expect(() => take('akron', response('second'))(20)).toThrow(refusal);
  take('globex', response('third'))(50);
  expect(() => take('initech', response('fourth'))(20)).toThrow(refusal);
  jest.advanceTimersByTime(20_000);
  expect(destroyed).toEqual(['first', 'third']);
  take('akron', response('fifth'))(100);
});

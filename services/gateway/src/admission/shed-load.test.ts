import { EventEmitter } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { placesOfTenants, shedLoad } from './shed-load.ts';

afterEach(() => void jest.useRealTimers());

const unavailable = expect.objectContaining({ code: 'service_unavailable' });

test('at most so many requests are in progress; one that ends, in any way, makes room', () => {
  const take = placesOfTenants(() => 0, { requests: { all: 2, ofOne: 2 } });
  const response = () => new EventEmitter() as unknown as Response;
  const first = response();
  take('akron', first);
  take('globex', response());
  expect(() => take('initech', response())).toThrow(unavailable);
  first.emit('close');
  take('initech', response());
  expect(() => take('akron', response())).toThrow(unavailable);
});

test('a request whose connection is closed before it begins takes no place', () => {
  const take = placesOfTenants(() => 0, { requests: { all: 1, ofOne: 1 } });
  const closed = Object.assign(new EventEmitter(), { destroyed: true }) as unknown as Response;
  expect(() => take('akron', closed)).toThrow(unavailable);
  take('akron', new EventEmitter() as unknown as Response);
});

test('while the event loop is late no request is admitted; when it is on time again, requests are', () => {
  let late = 2_100;
  let passed = 0;
  const shed = shedLoad(() => late);
  const ask = () => void shed({} as Request, {} as Response, () => (passed += 1));
  expect(ask).toThrow(unavailable);
  late = 10;
  ask();
  expect(passed).toBe(1);
});

test('one tenant has at most so many requests in progress; another tenant is not affected', () => {
  const take = placesOfTenants(() => 0, { requests: { all: 10, ofOne: 2 } });
  const response = () => new EventEmitter() as unknown as Response;
  const first = response();
  take('akron', first);
  take('akron', response());
  expect(() => take('akron', response())).toThrow(unavailable);
  take('globex', response());
  first.emit('close');
  take('akron', response());
  expect(() => take('akron', response())).toThrow(unavailable);
});

test('while the event loop is late, a tenant with many requests in progress is refused, one with few is not', () => {
  let late = 300;
  const take = placesOfTenants(() => late, { few: 2 });
  const response = () => new EventEmitter() as unknown as Response;
  take('akron', response());
  take('akron', response());
  expect(() => take('akron', response())).toThrow(unavailable);
  take('globex', response());
  late = 10;
  take('akron', response());
});

test('unread response bytes are limited for each tenant and for all, and dropped after a while', () => {
  jest.useFakeTimers();
  const take = placesOfTenants(() => 0, { unread: { all: 150, ofOne: 100 } });
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
  expect(() => take('akron', response('second'))(20)).toThrow(unavailable);
  take('globex', response('third'))(50);
  expect(() => take('initech', response('fourth'))(20)).toThrow(unavailable);
  jest.advanceTimersByTime(20_000);
  expect(destroyed).toEqual(['first', 'third']);
  take('akron', response('fifth'))(100);
});

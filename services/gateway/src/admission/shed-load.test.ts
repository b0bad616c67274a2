import { EventEmitter } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { placesOfTenants, shedLoad } from './shed-load.ts';

afterEach(() => void jest.useRealTimers());

const passes = (shed: ReturnType<typeof shedLoad>): Response | undefined => {
  const response = new EventEmitter() as unknown as Response;
  let passed = false;
  try {
    void shed.enter({} as Request, response, () => (passed = true));
  } catch (error) {
    expect(error).toMatchObject({ code: 'service_unavailable' });
  }
  return passed ? response : undefined;
};

test('no more requests are in hand than the limit; one that is over, however it ended, makes room', () => {
  const shed = shedLoad(() => 0, { most: 2 });
  const [first, second] = [passes(shed), passes(shed)];
  expect([first, second, passes(shed)]).toEqual([expect.anything(), expect.anything(), undefined]);
  first?.emit('close');
  expect(passes(shed)).toBeDefined();
  expect(passes(shed)).toBeUndefined();
});

test('one that is refused and waits to hear so is in nobody’s way', () => {
  const shed = shedLoad(() => 0, { most: 1 });
  shed.setAside(passes(shed) as Response);
  expect(passes(shed)).toBeDefined();
});

test('while the event loop is late nothing new is begun; afterwards it is, without a hand', () => {
  let late = 2_100;
  const shed = shedLoad(() => late);
  expect(passes(shed)).toBeUndefined();
  late = 10;
  expect(passes(shed)).toBeDefined();
});

test('one tenant has at most so many requests in hand; another one is none the worse for it', () => {
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

test('while the event loop is late, a tenant with many requests in hand is refused, one with few is not', () => {
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

test('answers that nobody reads are held up to a limit, of each tenant and of all, and given up after a while', () => {
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

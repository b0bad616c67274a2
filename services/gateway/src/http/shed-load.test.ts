import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { placesOfTenants, shedLoad } from './shed-load.ts';

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

test('no more requests are in hand than the limit; one that is over, however it ended, makes room', () => {
  const shed = shedLoad(() => 0, { most: 2 });
  const [first, second] = [passes(shed), passes(shed)];
  expect([first, second, passes(shed)]).toEqual([expect.anything(), expect.anything(), undefined]);
  first?.emit('close');
  expect(passes(shed)).toBeDefined();
  expect(passes(shed)).toBeUndefined();
});

test('while the event loop is late nothing new is begun; afterwards it is, without a hand', () => {
  let late = 300;
  const shed = shedLoad(() => late);
  expect(passes(shed)).toBeUndefined();
  late = 10;
  expect(passes(shed)).toBeDefined();
});

test('one tenant has at most so many requests in hand; another one is none the worse for it', () => {
  const take = placesOfTenants(2);
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

import { expect, test } from '@jest/globals';
import { at } from '@plantops/testing';
import { spikeIn } from './scrap-spikes.rules.ts';

const hour = (good: number, rejects: number) => ({ line_id: 'a', product_id: null, hour: at('08:00'), good, rejects });
const usual = Array.from({ length: 25 }, () => hour(190, 10));

test('of 200 units 20 rejects alert where 5 % is usual, 19 do not', () => {
  expect(spikeIn(hour(180, 20), usual)).toMatchObject({ rejects: 20, made: 200, value: 0.1 });
  expect(spikeIn(hour(181, 19), usual)).toBeUndefined();
});

test('an hour that alerted itself does not raise the limit of later ones', () => {
  expect(spikeIn(hour(180, 20), [hour(0, 200), ...usual])?.limit).toBe(spikeIn(hour(180, 20), usual)?.limit);
});

test('without enough history nothing alerts', () => {
  expect(spikeIn(hour(0, 200), usual.slice(0, 10))).toBeUndefined();
});

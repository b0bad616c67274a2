import { expect, test } from '@jest/globals';
import { aLine, at } from '@plantops/testing';
import * as rules from './scrap-spikes.rules.ts';

const hour = (good: number, rejects: number) => ({ line_id: 'a', product_id: null, hour: at('08:00'), good, rejects });
const spikeIn = (
  suspect: ReturnType<typeof hour>,
  before: readonly ReturnType<typeof hour>[],
  count_basis: 'good' | 'gross' = 'good',
) => rules.spikeIn(suspect, before, aLine({ count_basis }).versions);
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

test('where counted units contain the rejects, they are the units that were made', () => {
  const gross = Array.from({ length: 25 }, () => hour(200, 10));
  expect(spikeIn(hour(200, 20), gross, 'gross')).toMatchObject({ rejects: 20, made: 200, value: 0.1 });
  expect(spikeIn(hour(200, 19), gross, 'gross')).toBeUndefined();
  expect(spikeIn(hour(20, 30), gross, 'gross')).toMatchObject({ made: 30, value: 1 });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { purgeBefore } from './make-room.ts';

const state = (bytes: number, first_seq = 101, last_seq = 200) => ({ bytes, first_seq, last_seq });

describe('room in a stream of 1,000 bytes', () => {
  test.each([
    ['is enough up to 600 bytes, whatever was acknowledged', state(600), 200, undefined],
    ['is made down to 400 bytes, of what was acknowledged', state(800), 200, 151],
    ['is made as far as it was acknowledged', state(800), 110, 111],
    ['cannot be made when nothing was acknowledged', state(1_000), 100, undefined],
  ])('%s', (_what, filled, acknowledged, before) => expect(purgeBefore(filled, 1_000, acknowledged)).toBe(before));

  test('is never made by a message that a consumer has not acknowledged', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.nat(500),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(1_000),
        (bytes, before, held, acknowledged) => {
          const first_seq = before + 1;
          const purged = purgeBefore({ bytes, first_seq, last_seq: before + held }, 1_000, acknowledged);
          expect(purged === undefined || (purged > first_seq && purged <= acknowledged + 1)).toBe(true);
        },
      ),
    ));
});

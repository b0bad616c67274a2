import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { progressBar } from './progress-bar.ts';

describe('the progress bar', () => {
  test('fills as the file is read', () => {
    expect(progressBar({ share: 0, stored: 0, rejected: 0 }, 50)).toBe(
      '[--------------------]   0 %  0 stored, 0 rejected',
    );
    expect(progressBar({ share: 0.5, stored: 100, rejected: 2 }, 52)).toBe(
      '[##########----------]  50 %  100 stored, 2 rejected',
    );
    expect(progressBar({ share: 1, stored: 9, rejected: 0 }, 200)).toBe(
      `[${'#'.repeat(40)}] 100 %  9 stored, 0 rejected`,
    );
  });

  test('has no bar when the length is not known', () => {
    expect(progressBar({ share: undefined, stored: 7, rejected: 1 }, 80)).toBe('7 stored, 1 rejected');
  });

  test('is never wider than the terminal', () => {
    const any = fc.record({
      share: fc.option(fc.double({ min: -1, max: 2, noNaN: true }), { nil: undefined }),
      stored: fc.nat(),
      rejected: fc.nat(),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 200 }), (progress, columns) =>
        expect(progressBar(progress, columns).length).toBeLessThanOrEqual(columns),
      ),
    );
  });
});

import { expect, test } from '@jest/globals';
import { wantedPostings, type LineFacts } from './index.ts';
import { batch, count, line, scrap, stop } from './line-fixture.ts';

/**
 * A day of a line with this many short batches, each with a count, a scrap event and a stop, and scrap without a batch
 * between them.
 */
function dayOf(groups: number): LineFacts {
  const at = (group: number, share: number) =>
    new Date(Date.parse('2026-03-02T06:00Z') + ((group + share) / groups) * 16 * 3_600_000).toISOString();
  const each = <T>(make: (group: number) => T): T[] => Array.from({ length: groups }, (_, group) => make(group));
  return line(
    {},
    {
      batches: each((group) => batch(`B${group}`, at(group, 0), at(group, 0.7))),
      counts: each((group) => count(`c${group}`, at(group, 0.3), 50, 4, `B${group}`)),
      scraps: each((group) => [
        scrap(`x${group}`, at(group, 0.4), 2, { batch_id: `B${group}` }),
        scrap(`y${group}`, at(group, 0.9), 1),
      ]).flat(),
      stops: each((group) => stop(`s${group}`, at(group, 0.5), at(group, 0.6), 'mechanical')),
    },
  );
}

/** Processor time of this thread, in microseconds: other processes may take the processor away meanwhile. */
const leastProcessorTime = (facts: LineFacts): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const since = process.threadCpuUsage();
      // Runs are cached per list of batches, so each measurement needs a new list.
      wantedPostings({ ...facts, batches: [...facts.batches] });
      return process.threadCpuUsage(since).user;
    }),
  );

test('computing the postings of a day takes processor time in proportion to its facts: eight times the facts, not 64 times as long', () => {
  const [few, many] = [dayOf(60), dayOf(480)];
  expect(wantedPostings(many).length).toBeGreaterThan(4 * 480);
  leastProcessorTime(few);
  expect(leastProcessorTime(many) / leastProcessorTime(few)).toBeLessThan(24);
});

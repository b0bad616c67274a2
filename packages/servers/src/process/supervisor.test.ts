import { describe, expect, test } from '@jest/globals';

import type { Running } from './running.ts';
import { supervise } from './supervisor.ts';
import type { Backoff, SupervisorEvent } from './supervisor.ts';
import { holdsWithin } from './holds-within.ts';

const QUICK: Backoff = { firstMs: 1, maxMs: 4, resetAfterMs: 60_000 };

/** A child without a process, which the test ends. */
class FakeChild implements Running {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly die: (code: number | null) => void;
  readonly stops: (number | undefined)[] = [];

  constructor(pid: number) {
    this.pid = pid;
    const exit = Promise.withResolvers<number | null>();
    this.exited = exit.promise;
    this.die = exit.resolve;
  }

  stop(deadlineMs?: number): Promise<void> {
    this.stops.push(deadlineMs);
    this.die(0);
    return Promise.resolve();
  }
}

function fakeChildren(failingStarts: ReadonlySet<number> = new Set()) {
  const children: FakeChild[] = [];
  let starts = 0;
  const start = (): Promise<FakeChild> => {
    starts += 1;
    if (failingStarts.has(starts)) return Promise.reject(new Error(`start ${starts} fails`));
    const child = new FakeChild(100 + starts);
    children.push(child);
    return Promise.resolve(child);
  };
  return { children, start };
}

async function until(condition: () => boolean): Promise<void> {
  expect(await holdsWithin(condition, { timeoutMs: 5_000, everyMs: 1 })).toBe(true);
}

describe('supervise', () => {
  test('starts a child again that died, and reports its new pid', async () => {
    const { children, start } = fakeChildren();
    const events: SupervisorEvent<FakeChild>[] = [];
    const supervised = supervise({ name: 'child', start, backoff: QUICK, onEvent: (event) => events.push(event) });
    await supervised.started;
    children[0]?.die(1);
    await until(() => supervised.current()?.pid === 102);
    await supervised.stop();

    expect(events.map(({ type }) => type)).toEqual(['started', 'exited', 'started']);
    expect(events[1]).toMatchObject({ pid: 101, code: 1 });
    expect(events[2]).toMatchObject({ pid: 102, restarts: 1 });
  });

  test('waits longer before each start of a child that keeps dying, up to a limit', async () => {
    const { children, start } = fakeChildren();
    const waits: number[] = [];
    const supervised = supervise({
      name: 'child',
      start,
      backoff: QUICK,
      onEvent: (event) => {
        if (event.type === 'exited') waits.push(event.retryInMs);
      },
    });
    for (const round of [1, 2, 3, 4]) {
      await until(() => supervised.current()?.pid === 100 + round);
      children[round - 1]?.die(null);
    }
    await until(() => waits.length === 4);
    await supervised.stop();
    expect(waits).toEqual([1, 2, 4, 4]);
  });

  test('starts the waits at the shortest again for a child that lived long enough', async () => {
    const { children, start } = fakeChildren();
    const waits: number[] = [];
    const supervised = supervise({
      name: 'child',
      start,
      backoff: { ...QUICK, resetAfterMs: 0 },
      onEvent: (event) => {
        if (event.type === 'exited') waits.push(event.retryInMs);
      },
    });
    for (const round of [1, 2, 3]) {
      await until(() => supervised.current()?.pid === 100 + round);
      children[round - 1]?.die(null);
    }
    await until(() => waits.length === 3);
    await supervised.stop();
    expect(waits).toEqual([1, 1, 1]);
  });

  test('tries again when a restart fails', async () => {
    const { children, start } = fakeChildren(new Set([2, 3]));
    const failures: string[] = [];
    const supervised = supervise({
      name: 'child',
      start,
      backoff: QUICK,
      onEvent: (event) => {
        if (event.type === 'start-failed') failures.push(event.error.message);
      },
    });
    await supervised.started;
    children[0]?.die(1);
    await until(() => supervised.current()?.pid === 104);
    await supervised.stop();
    expect(failures).toEqual(['start 2 fails', 'start 3 fails']);
  });

  test('rejects when the first start fails, and does not try again', async () => {
    const { children, start } = fakeChildren(new Set([1]));
    const supervised = supervise({ name: 'child', start, backoff: QUICK });
    await expect(supervised.started).rejects.toThrow('start 1 fails');
    await supervised.stop();
    expect(children).toHaveLength(0);
  });

  test('stops the child within the given deadline and leaves it stopped', async () => {
    const { children, start } = fakeChildren();
    const supervised = supervise({ name: 'child', start, backoff: QUICK });
    await supervised.started;
    await supervised.stop(1_234);
    expect(children.map(({ stops }) => stops)).toEqual([[1_234]]);
    expect(supervised.current()).toBeUndefined();
  });

  test('ends a child that became ready after `stop` was called', async () => {
    const { children, start } = fakeChildren();
    const gate = Promise.withResolvers<void>();
    const supervised = supervise({ name: 'child', start: () => gate.promise.then(start), backoff: QUICK });
    const stopped = supervised.stop();
    gate.resolve();
    await stopped;
    expect(children.map(({ stops }) => stops.length)).toEqual([1]);
    expect(supervised.current()).toBeUndefined();
  });

  test('`stop` between two starts ends the pause at once', async () => {
    const { children, start } = fakeChildren();
    const supervised = supervise({
      name: 'child',
      start,
      backoff: { firstMs: 3_600_000, maxMs: 3_600_000, resetAfterMs: 3_600_000 },
    });
    await supervised.started;
    children[0]?.die(1);
    await until(() => supervised.current() === undefined);
    await supervised.stop();
    expect(children).toHaveLength(1);
  });
});

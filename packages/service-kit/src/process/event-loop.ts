import { metrics } from '@opentelemetry/api';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from './logger.ts';

const RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;
const MS_PER_S = 1e3;

/** How late the event loop has been in the last full span. */
export type EventLoop = {
  /** What half of its turns were late by, milliseconds: high only while it is late all the time, and not at a single long turn. */
  readonly medianMs: () => number;
  readonly stop: () => void;
};

/** Watches how late the event loop is, and says so when a turn kept everything else waiting for long. */
export const watchEventLoop = (logger: Pick<Logger, 'warn'>, { everyMs = 1_000, tellMs = 1_000 } = {}): EventLoop => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let median = 0;
  const timer = setInterval(() => {
    // What the timer of the measurement itself takes is no delay.
    median = Math.max(0, delay.percentile(50) / NS_PER_MS - RESOLUTION_MS);
    const longest = Math.round(delay.max / NS_PER_MS);
    if (longest > tellMs) logger.warn({ longest_ms: longest, median_ms: Math.round(median) }, 'the event loop was blocked');
    delay.reset();
  }, everyMs);
  timer.unref();
  metrics
    .getMeter('plantops')
    .createObservableGauge('nodejs.eventloop.delay.p50', {
      unit: 's',
      description: 'What half of the turns of the event loop were late by, in the last second',
    })
    .addCallback((result) => result.observe(median / MS_PER_S));
  const stop = () => {
    clearInterval(timer);
    delay.disable();
  };
  return { medianMs: () => median, stop };
};

import { metrics } from '@opentelemetry/api';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from './logger.ts';

/** Each look wakes the process: ten a second are enough for a median, and cost a tenth of a percent of a core. */
const RESOLUTION_MS = 100;
const NS_PER_MS = 1e6;
const MS_PER_S = 1e3;

/** How late the event loop was in the last full measuring interval. */
export type EventLoop = {
  /** The median delay of its turns, in milliseconds. A single long turn does not raise it. */
  readonly medianMs: () => number;
  readonly stop: () => void;
};

/**
 * Measures how late the event loop is, every `everyMs`. Logs a warning when a turn blocked it for longer than `warnMs`.
 */
export function watchEventLoop(logger: Pick<Logger, 'warn'>, { everyMs = 1_000, warnMs = 1_000 } = {}): EventLoop {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let median = 0;
  const timer = setInterval(() => {
    // The measuring timer adds its own resolution to each value.
    median = Math.max(0, delay.percentile(50) / NS_PER_MS - RESOLUTION_MS);
    const longest = Math.round(delay.max / NS_PER_MS);
    if (longest > warnMs)
      logger.warn({ longest_ms: longest, median_ms: Math.round(median) }, 'the event loop was blocked');
    delay.reset();
  }, everyMs);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    delay.disable();
  };
  return { medianMs: () => median, stop };
}

/** Reports the median delay at each scrape. */
export function observeEventLoop({ medianMs }: EventLoop): void {
  metrics
    .getMeter('plantops')
    .createObservableGauge('nodejs.eventloop.delay.p50', {
      unit: 's',
      description: 'Median delay of the event loop in the last second',
    })
    .addCallback((result) => result.observe(medianMs() / MS_PER_S));
}

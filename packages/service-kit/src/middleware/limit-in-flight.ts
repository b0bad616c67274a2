import { Problem } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

/** At most `running` requests at work and `waiting` in line; the next is refused at once, so that memory stays bounded. */
export const limitInFlight = ({ running, waiting }: { running: number; waiting: number }): Middleware => {
  let active = 0;
  const line: (() => void)[] = [];
  return (next) => async (request) => {
    if (active >= running) {
      if (line.length >= waiting)
        throw new Problem(
          'service_unavailable',
          `${request.operation.service} has ${running + waiting} requests in hand: try again in a second`,
        );
      await new Promise<void>((resolve) => line.push(resolve));
    } else {
      active += 1;
    }
    try {
      return await next(request);
    } finally {
      const following = line.shift();
      if (following) following();
      else active -= 1;
    }
  };
};

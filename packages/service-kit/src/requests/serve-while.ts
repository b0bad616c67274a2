import type { Logger } from '../process/logger.ts';

/** A dependency that a service cannot work without, such as its database, and that may go away and come back. */
export type Needs = {
  readonly isThere: boolean;
  /** Returns a function that removes the listener. */
  onChange(listener: (isThere: boolean) => void): () => void;
};
type Stop = () => Promise<void>;
const AGAIN_MS = 500;

/**
 * Serves while the dependency is there: stops when it goes away, and serves again when it is back. Returns a function
 * that stops it.
 */
export async function serveWhile(needs: Needs | undefined, serve: () => Promise<Stop>, logger: Logger): Promise<Stop> {
  let stop: Stop | undefined = await serve();
  if (needs === undefined) return stop;
  let isOver = false;
  let turning = Promise.resolve();
  const turn = async () => {
    const wanted = needs.isThere && !isOver;
    if (wanted === (stop !== undefined)) return;
    logger.warn(
      { answering: wanted },
      wanted ? 'the database is back: this copy answers again' : 'the database is away: other copies answer',
    );
    const leave = stop;
    stop = wanted ? await serve() : undefined;
    await leave?.();
  };
  let timer: NodeJS.Timeout | undefined;
  const turnNext = () => {
    turning = turning.then(turn).catch((error: unknown) => {
      logger.error({ err: error }, 'this copy could not start or stop answering; trying again');
      if (!isOver) timer = setTimeout(turnNext, AGAIN_MS);
    });
  };
  const forget = needs.onChange(turnNext);
  return async () => {
    isOver = true;
    forget();
    clearTimeout(timer);
    await turning;
    await stop?.();
  };
}

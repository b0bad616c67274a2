import type { Logger } from '../process/logger.ts';

/** Something that a service cannot do its work without, and that may go away and come back. */
export type Needs = {
  readonly isThere: boolean;
  /** Returns how to stop listening. */
  onChange(listener: (isThere: boolean) => void): () => void;
};
type Stop = () => Promise<void>;
const AGAIN_MS = 500;

/** Serves while what is needed is there: stops when it goes away, and begins again when it is back. */
export const serveWhile = async (needs: Needs | undefined, serve: () => Promise<Stop>, logger: Logger): Promise<Stop> => {
  let stop: Stop | undefined = await serve();
  if (needs === undefined) return stop;
  let isOver = false;
  let turning = Promise.resolve();
  const turn = async () => {
    const wanted = needs.isThere && !isOver;
    if (wanted === (stop !== undefined)) return;
    logger.warn({ answering: wanted }, wanted ? 'what is needed is back' : 'what is needed is away: other copies answer');
    const leave = stop;
    stop = wanted ? await serve() : undefined;
    await leave?.();
  };
  let timer: NodeJS.Timeout | undefined;
  const turnNext = () => {
    turning = turning.then(turn).catch((error: unknown) => {
      logger.error({ err: error }, 'could not step in or out');
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
};

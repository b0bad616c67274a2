import { applyLineEvents } from './apply-line-events.ts';

/** Production's part of the line events: counts, scrap and batches, and the kinds that nobody knows. */
export const lineEventKeeper = { service: 'production', apply: applyLineEvents } as const;

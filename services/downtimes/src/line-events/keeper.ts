import { applyLineEvents } from './apply-line-events.ts';

/** The downtimes' part of the line events: states, and stops that line systems report themselves. */
export const lineEventKeeper = { service: 'downtimes', apply: applyLineEvents } as const;

import type { LineEventHandler } from '@plantops/persistence';
import { applyLineEvents } from './apply-line-events.ts';

/** The line events of downtimes: states, and stops that line systems report themselves. */
export const lineEventHandler: LineEventHandler = { service: 'downtimes', apply: applyLineEvents };

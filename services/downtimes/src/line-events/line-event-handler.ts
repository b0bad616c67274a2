import type { LineEventHandler } from '@plantops/persistence';
import { applyLineEvents } from './apply-line-events.ts';

/** The line events of downtimes: states, and complete stops reported by line systems. */
export const lineEventHandler: LineEventHandler = { service: 'downtimes', apply: applyLineEvents };

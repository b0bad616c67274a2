import type { LineEventHandler } from '@plantops/persistence';
import { applyLineEvents } from './apply-line-events.ts';

/** The line events of production: counts, scrap and batches, and every kind that is not known. */
export const lineEventHandler: LineEventHandler = { service: 'production', apply: applyLineEvents };

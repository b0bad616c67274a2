import type { LineEventHandler } from '@plantops/persistence';
import { applyLineEvents } from './apply-line-events.ts';

/** The line events of production: counts, scrap, batches, and every unknown kind. */
export const lineEventHandler: LineEventHandler = { service: 'production', apply: applyLineEvents };

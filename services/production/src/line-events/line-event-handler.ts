import type { LineEventHandler, Tx } from '@plantops/persistence';
import { findSettings, viewOf } from '../settings/find-settings.ts';
import { applyLineEvents } from './apply-line-events.ts';

export const lateAfterDays = async (tx: Tx): Promise<number> => viewOf(await findSettings(tx)).late_after_days;

/** The line events of production: counts, scrap, batches, and every unknown kind. */
export const lineEventHandler: LineEventHandler = { service: 'production', apply: applyLineEvents, lateAfterDays };

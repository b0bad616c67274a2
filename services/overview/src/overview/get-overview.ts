import {
  getDowntimeFigures,
  getLossFigures,
  getProductionFigures,
  getSensorFigures,
  getTrialFigures,
  Problem,
  type getOverview as contract,
  type InputOf,
  type OutputOf,
} from '@plantops/contracts';
import type { Bus, Call, Clock, Logger } from '@plantops/service-kit';
import { compose } from './compose.rules.ts';
import { periodOf } from './period.rules.ts';

export type Deps = { readonly bus: Bus; readonly now: Clock; readonly logger: Logger };

/** How long the services may take; the rest of the caller's deadline is for composing. */
const SHARE_MS = 2_000;

/** Asks all services at once. One that does not answer in time leaves its part empty; a wrong query gets its error. */
export const getOverview =
  ({ bus, now, logger }: Deps) =>
  async (input: InputOf<typeof contract>, call: Call): Promise<OutputOf<typeof contract>> => {
    const at = now();
    const { plant_id, line_id } = input;
    const period = periodOf(input);
    const shared: Call = { ...call, deadline: Math.min(call.deadline - 200, Date.now() + SHARE_MS) };
    const orNull = async <T>(service: string, answer: Promise<T>): Promise<T | null> => {
      try {
        return await answer;
      } catch (error) {
        if (error instanceof Problem && error.code === 'invalid') throw error;
        logger.warn({ service, reason: String(error) }, 'left out of the overview');
        return null;
      }
    };
    const [production, downtimes, losses, trials, sensors] = await Promise.all([
      orNull('production', bus.call(getProductionFigures, { plant_id, line_id }, shared)),
      orNull('downtimes', bus.call(getDowntimeFigures, { plant_id, line_id }, shared)),
      orNull('money-leaks', bus.call(getLossFigures, { plant_id, line_id, ...period.asked }, shared)),
      orNull('trials', bus.call(getTrialFigures, { plant_id, line_id }, shared)),
      orNull('sensors', bus.call(getSensorFigures, { plant_id, line_id }, shared)),
    ]);
    return compose({ production, downtimes, 'money-leaks': losses, trials, sensors }, period, at);
  };

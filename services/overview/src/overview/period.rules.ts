import type { getOverview } from '@plantops/contracts';
import type { z } from 'zod';

type Input = z.infer<typeof getOverview.input>;
/** What is asked of the ledger; without from and to each plant answers for its own today. */
export type Period = { readonly name: string; readonly from?: string; readonly to?: string };

const DAY_MS = 86_400_000;
const SPANS = { '7d': 7, '30d': 30 } as const;

/** The period of an overview: the window it names, the last days up to now, or today. */
export const periodOf = ({ period = 'today', from, to }: Input, now: string): Period => {
  if (from !== undefined || to !== undefined)
    return { name: 'window', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (period === 'today') return { name: period };
  return { name: period, from: new Date(Date.parse(now) - SPANS[period] * DAY_MS).toISOString(), to: now };
};

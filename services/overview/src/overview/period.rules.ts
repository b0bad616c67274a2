import type { getOverview } from '@plantops/contracts';
import type { z } from 'zod';

type Input = z.infer<typeof getOverview.input>;
/** What is asked of the ledger: a window, or a period by its name, which each plant reads in its own days and shifts. */
export type Period = { readonly name: string; readonly asked: Pick<Input, 'period' | 'from' | 'to'> };

/** The period of an overview: the window it names, else the period, else today. */
export const periodOf = ({ period = 'today', from, to }: Input): Period =>
  from === undefined && to === undefined ? { name: period, asked: { period } } : { name: 'window', asked: { from, to } };

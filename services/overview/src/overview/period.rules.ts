import { Problem, type getOverview } from '@plantops/contracts';
import type { z } from 'zod';

type Input = z.infer<typeof getOverview.input>;
/** What the ledger is asked for: a window, or a named period, which each plant reads in its own days and shifts. */
export type Period = { readonly name: string; readonly asked: Pick<Input, 'period' | 'from' | 'to'> };

/** The period of an overview: its window, its named period, or today. */
export const periodOf = ({ period, from, to }: Input): Period => {
  if (from === undefined && to === undefined) return { name: period ?? 'today', asked: { period: period ?? 'today' } };
  if (period !== undefined) throw Problem.field('period', 'send a period, or from and to: not both');
  return { name: 'window', asked: { from, to } };
};

import { kpis, type Terms } from '@plantops/accounting';
import type { getLineOee } from '@plantops/contracts';
import type { z } from 'zod';

type Oee = z.infer<typeof getLineOee.output>;
const DECIMALS = 6;

/** A figure as it is answered: to 6 decimals. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(DECIMALS));
}

/** The KPIs that terms give, rounded. */
export function oeeOf(of: Terms): Oee {
  const { flags, terms, ...fractions } = kpis(of);
  const round = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value as number | null)])) as T;
  return { ...round(fractions), flags: [...flags], terms: round(terms) };
}

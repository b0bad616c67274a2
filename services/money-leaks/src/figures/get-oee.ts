import { kpis, type Terms } from '@plantops/accounting';
import { Problem, type getLineOee as lineContract, type getOee as contract, type ProductRow } from '@plantops/contracts';
import { findMaster } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { termsIn, together } from './terms-in.ts';
import type { Deps } from '../deps.ts';
import { lineWindows } from './windows.ts';

type Oee = z.infer<typeof lineContract.output>;
const DECIMALS = 6;
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(DECIMALS)));

/** The KPIs that terms give, rounded. */
export const oeeOf = (of: Terms): Oee => {
  const { flags, terms, ...fractions } = kpis(of);
  const round = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value as number | null)])) as T;
  return { ...round(fractions), flags: [...flags], terms: round(terms) };
};

export const getLineOee =
  ({ database, now }: Deps) =>
  ({ id, from, to }: z.infer<typeof lineContract.input>, call: Call): Promise<Oee> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const windows = await lineWindows(tx, { line_id: id, from, to }, at);
      if (windows.length === 0) throw new Problem('not_found', `there is no line ${id}`);
      return oeeOf(together(await termsIn(tx, windows, at, call)));
    });

export const getOee =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const { group_by, product_id } = input;
      const windows = await lineWindows(tx, input, at);
      const terms = await termsIn(tx, windows, at, { by: group_by, product_id, deadline: call.deadline });
      const total = oeeOf(together(terms));
      if (group_by === undefined) return { items: [], total };
      const products = await findMaster<ProductRow>(
        tx,
        'product',
        group_by === 'product' ? [...terms.keys()].filter((id) => id !== null) : [],
      );
      // Lines and products by the codes that people know.
      const labels = new Map([
        ...windows.map(({ line }) => [line.id, line.code] as const),
        ...[...products].map(([id, { code }]) => [id, code] as const),
      ]);
      const items = [...terms].map(([group, of]) => ({ group, label: group === null ? null : (labels.get(group) ?? group), ...oeeOf(of) }));
      return { items: items.sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '')), total };
    });

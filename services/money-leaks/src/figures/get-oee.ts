import { Problem, type getLineOee as lineContract, type getOee as contract, type ProductRow } from '@plantops/contracts';
import { findMaster } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { oeeOf } from './oee.rules.ts';
import { termsIn, together } from './terms-in.ts';
import { lineWindows } from './windows.ts';

export const getLineOee =
  ({ database, now }: Deps) =>
  ({ id, from, to }: z.infer<typeof lineContract.input>, call: Call): Promise<z.infer<typeof lineContract.output>> =>
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
      const productIds = group_by === 'product' ? [...terms.keys()].filter((id) => id !== null) : [];
      const products = await findMaster<ProductRow>(tx, 'product', productIds);
      // Lines and products by the codes that people know.
      const labels = new Map([
        ...windows.map(({ line }) => [line.id, line.code] as const),
        ...[...products].map(([id, { code }]) => [id, code] as const),
      ]);
      const items = [...terms].map(([group, of]) => ({ group, label: group === null ? null : (labels.get(group) ?? group), ...oeeOf(of) }));
      return { items: items.sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '')), total };
    });

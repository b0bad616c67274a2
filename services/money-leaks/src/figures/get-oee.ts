import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, type ProductRow } from '@plantops/contracts';
import { findMaster } from '@plantops/persistence';
import { oeeOf } from './oee.rules.ts';
import { termsIn, together } from './terms-in.ts';
import { lineWindows } from './windows.ts';

export const getLineOee = query(contracts.getLineOee, () => async ({ id, from, to }, { tx, at, call }) => {
  const windows = await lineWindows(tx, { line_id: id, from, to }, at);
  if (windows.length === 0) throw new Problem('not_found', `there is no line ${id}`);
  return oeeOf(together(await termsIn(tx, windows, at, call)));
});

export const getOee = query(contracts.getOee, () => async (input, { tx, at, call }) => {
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
  const items = [...terms].map(([group, of]) => ({
    group,
    label: group === null ? null : (labels.get(group) ?? group),
    ...oeeOf(of),
  }));
  return { items: items.sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '')), total };
});

import { addTerms, cellsOf, kpis, noTerms, type Cell } from '@plantops/accounting';
import { Problem, type getLineOee as lineContract, type getOee as contract, type ProductRow } from '@plantops/contracts';
import { findMaster, type Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { knownFacts } from '../facts/known-facts.ts';
import type { LineWindow } from '../facts/load-facts.ts';
import { lineWindows } from './windows.ts';

type Oee = z.infer<typeof lineContract.output>;
type LineCell = Cell & { readonly line: LineWindow['line'] };

/** The cells of the ladder in each line's window, cut at now. */
export const cellsIn = async (tx: Tx, windows: readonly LineWindow[], now: string): Promise<LineCell[]> => {
  const facts = await knownFacts(tx, windows);
  return windows.flatMap(({ line, window }) => {
    const known = facts.get(line.id);
    return known ? cellsOf(known, window, Date.parse(now)).map((cell) => ({ ...cell, line })) : [];
  });
};

const DECIMALS = 6;
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(DECIMALS)));

/** KPIs of the cells together: their terms are added, then divided. */
export const oeeOf = (cells: readonly Pick<Cell, 'terms'>[]): Oee => {
  const { flags, terms, ...fractions } = kpis(cells.length === 0 ? noTerms : addTerms(...cells.map((cell) => cell.terms)));
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
      return oeeOf(await cellsIn(tx, windows, at));
    });

/** What the cells are gathered by. Shifts of one name on different days are different shifts. */
const GROUPS: Record<NonNullable<z.infer<typeof contract.input>['group_by']>, (cell: LineCell) => string | null> = {
  line: ({ line }) => line.id,
  product: ({ product_id }) => product_id,
  shift: ({ shift_key }) => shift_key,
  day: ({ business_date }) => business_date,
  month: ({ business_date }) => business_date.slice(0, 7),
};

export const getOee =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const cells = (await cellsIn(tx, await lineWindows(tx, input, at), at)).filter(
        ({ product_id }) => input.product_id === undefined || product_id === input.product_id,
      );
      const groups = input.group_by === undefined ? [] : [...Map.groupBy(cells, GROUPS[input.group_by])];
      const labels = await labelsOf(tx, cells);
      const items = groups.map(([group, of]) => ({ group, label: group === null ? null : (labels.get(group) ?? group), ...oeeOf(of) }));
      return { items: items.sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '')), total: oeeOf(cells) };
    });

/** Lines and products by the codes that people know. */
const labelsOf = async (tx: Tx, cells: readonly LineCell[]): Promise<Map<string, string>> => {
  const products = await findMaster<ProductRow>(
    tx,
    'product',
    cells.flatMap(({ product_id }) => (product_id === null ? [] : [product_id])),
  );
  return new Map([
    ...cells.map(({ line }) => [line.id, line.code] as const),
    ...[...products].map(([id, { code }]) => [id, code] as const),
  ]);
};

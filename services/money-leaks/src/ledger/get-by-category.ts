import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { plantWindows } from '../figures/windows.rules.ts';
import { lineWindows } from '../figures/windows.ts';
import { byCategory } from '../figures/breakdown.rules.ts';
import * as keptSums from '../projections/kept-sums.ts';

export const getByCategory = query(contracts.getByCategory, () => async (input, { tx, at }) => ({
  items: byCategory(await keptSums.read(tx, plantWindows(await lineWindows(tx, input, at)), input), 2),
}));

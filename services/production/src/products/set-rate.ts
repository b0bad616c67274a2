import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow, getRow } from '@plantops/persistence';
import { Line } from '../lines/line.table.ts';
import { withRate } from './product.rules.ts';
import { Product } from './product.table.ts';

export const setRate = command(
  contracts.setRate,
  () =>
    ({ id, line_id, ideal_cycle_seconds, valid_from }, work) =>
      changeRow(work, Product, id, contracts.productUpdated, async ({ rates }) => {
        await getRow(work.tx, Line, line_id);
        return { rates: withRate(rates, { line_id, ideal_cycle_seconds }, valid_from ?? work.at) };
      }),
);

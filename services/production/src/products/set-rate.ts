import { Problem, productUpdated, type LineRow, type ProductRow, type setRate as contract } from '@plantops/contracts';
import { announce, announcement, findRow, lockRow, runCommand, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Line } from '../lines/line.entity.ts';
import { Product } from './product.entity.ts';
import { withRate } from './product.rules.ts';

export const setRate =
  ({ database, now }: Deps) =>
  ({ id, line_id, ideal_cycle_seconds, valid_from }: z.infer<typeof contract.input>, call: Call): Promise<ProductRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const product = await lockRow<ProductRow>(tx, Product, id, call.expectedVersion);
      if ((await findRow<LineRow>(tx, Line, line_id)) === undefined) throw new Problem('not_found', `there is no line ${line_id}`);
      const rates = withRate(product.rates, { line_id, ideal_cycle_seconds }, valid_from ?? at);
      const changed = await updateRow(tx, Product, product, { rates }, call, at);
      await announce(tx, [announcement(productUpdated, changed, id)], call, at);
      return changed;
    });

import type { getByCategory as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { plantWindows } from '../figures/windows.rules.ts';
import { lineWindows } from '../figures/windows.ts';
import { byCategory } from '../figures/breakdown.rules.ts';
import * as keptSums from '../projections/kept-sums.ts';

export const getByCategory =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => ({
      items: byCategory(await keptSums.read(tx, plantWindows(await lineWindows(tx, input, now())), input), 2),
    }));

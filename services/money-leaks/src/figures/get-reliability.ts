import type { getReliability as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { loadFacts } from '../facts/load-facts.ts';
import { reliabilityBy, reliabilityLines } from './reliability.rules.ts';
import { termsIn } from './terms-in.ts';
import { lineWindows } from './windows.ts';

/** Mean times between failures, to repair and to acknowledge: terms are added over lines, then divided. */
export const getReliability =
  ({ database, now }: Deps) =>
  ({ group_by, ...asked }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const windows = await lineWindows(tx, asked, at);
      const facts = await loadFacts(tx, windows, { counts: false });
      const terms = await termsIn(tx, windows, at, { by: 'line', deadline: call.deadline });
      return reliabilityBy(group_by, reliabilityLines(windows, facts, terms, Date.parse(at)), Date.parse(at));
    });

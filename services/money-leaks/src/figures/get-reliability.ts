import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { loadFacts } from '../facts/load-facts.ts';
import { reliabilityBy, reliabilityLines } from './reliability.rules.ts';
import { termsIn } from './terms-in.ts';
import { lineWindows } from './windows.ts';

/** Mean times between failures, to repair and to acknowledge: terms are added over lines, then divided. */
export const getReliability = query(
  contracts.getReliability,
  () =>
    async ({ group_by, ...asked }, { tx, at, call }) => {
      const windows = await lineWindows(tx, asked, at);
      const facts = await loadFacts(tx, windows, { counts: false });
      const terms = await termsIn(tx, windows, at, { by: 'line', deadline: call.deadline });
      return reliabilityBy(group_by, reliabilityLines(windows, facts, terms, Date.parse(at)), Date.parse(at));
    },
);

import { noFacts } from '@plantops/accounting';
import { Problem, type getTimeline as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { MS_PER_DAY } from '../facts/intervals.rules.ts';
import { loadFacts } from '../facts/load-facts.ts';
import { timelineOf } from './timeline.rules.ts';
import { lineWindows } from './windows.ts';

const MOST_DAYS = 31;

/** The states of a line, one after the other without a gap, up to now. */
export const getTimeline =
  ({ database, now }: Deps) =>
  ({ id, from, to }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const [asked] = await lineWindows(tx, { line_id: id, from, to }, at);
      if (asked === undefined) throw new Problem('not_found', `there is no line ${id}`);
      if (asked.window.to - asked.window.from > MOST_DAYS * MS_PER_DAY)
        throw Problem.field('from', `must be at most ${MOST_DAYS} days before to`);
      const facts = await loadFacts(tx, [asked], { counts: true });
      return timelineOf(facts.get(id) ?? noFacts, asked, Date.parse(at));
    });

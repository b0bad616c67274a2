import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { noFacts } from '@plantops/accounting';
import { Problem } from '@plantops/contracts';
import { MS_PER_DAY } from '../facts/intervals.rules.ts';
import { loadFacts } from '../facts/load-facts.ts';
import { timelineOf } from './timeline.rules.ts';
import { lineWindows } from './windows.ts';

const MOST_DAYS = 31;

/** The states of a line, one after the other without a gap, up to now. */
export const getTimeline = query(contracts.getTimeline, () => async ({ id, from, to }, { tx, at }) => {
  const [asked] = await lineWindows(tx, { line_id: id, from, to }, at);
  if (asked === undefined) throw new Problem('not_found', `there is no line ${id}`);
  if (asked.window.to - asked.window.from > MOST_DAYS * MS_PER_DAY)
    throw Problem.field('from', `must be at most ${MOST_DAYS} days before to`);
  const facts = await loadFacts(tx, [asked], { counts: true });
  return timelineOf(facts.get(id) ?? noFacts, asked, Date.parse(at));
});

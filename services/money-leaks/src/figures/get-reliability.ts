import { addReliability, reliability, reliabilityTerms, type LineFacts, type ReliabilityTerms } from '@plantops/accounting';
import type { getReliability as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { termsIn } from './terms-in.ts';
import type { Deps } from '../deps.ts';
import { loadFacts, type LineWindow } from '../facts/load-facts.ts';
import { lineWindows } from './windows.ts';

type Input = z.infer<typeof contract.input>;
type Entry = { readonly group: string; readonly label: string; readonly terms: ReliabilityTerms };

/** Mean times between failures, to repair and to acknowledge: terms are added over lines, then divided. */
export const getReliability =
  ({ database, now }: Deps) =>
  ({ group_by, ...asked }: Input, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const windows = await lineWindows(tx, asked, at);
      const facts = await loadFacts(tx, windows, { units: false });
      const times = await termsIn(tx, windows, at, { by: 'line', deadline: call.deadline });
      const lines = windows.flatMap((one) => {
        const known = facts.get(one.line.id);
        const terms = known && reliabilityTerms(known, one.window, Date.parse(at), times.get(one.line.id)?.apt_ms ?? 0);
        return known && terms ? [{ ...one, facts: known, terms }] : [];
      });
      const categories = new Set(
        lines.flatMap(({ facts: { stops } }) => stops.filter(({ is_failure }) => is_failure).map(({ reason_category }) => reason_category)),
      );
      const entries = group_by === undefined ? [] : lines.flatMap((one) => entriesOf(one, group_by, [...categories], Date.parse(at)));
      const groups = [...Map.groupBy(entries, ({ group }) => group)].map(([group, of]) => ({
        group,
        label: of[0]?.label ?? group,
        ...figures(of.map(({ terms }) => terms)),
      }));
      return {
        items: groups
          .filter(({ failures }) => group_by !== 'reason' || failures > 0)
          .sort((a, b) => b.failures - a.failures || a.label.localeCompare(b.label)),
        total: figures(lines.map(({ terms }) => terms)),
      };
    });

type Line = LineWindow & { readonly facts: LineFacts; readonly terms: ReliabilityTerms };

/** By reason the production time is that of every line, whichever reason it failed for, if it failed at all. */
const entriesOf = (
  { line, plant, window, facts, terms }: Line,
  groupBy: NonNullable<Input['group_by']>,
  categories: readonly string[],
  now: number,
): Entry[] => {
  if (groupBy === 'line') return [{ group: line.id, label: line.code, terms }];
  if (groupBy === 'plant') return [{ group: plant.id, label: plant.code, terms }];
  return categories.map((category) => {
    const stops = facts.stops.map((stop) => ({ ...stop, is_failure: stop.is_failure && stop.reason_category === category }));
    return { group: category, label: category, terms: reliabilityTerms({ ...facts, stops }, window, now, terms.apt_ms) };
  });
};

const rounded = (minutes: number | null) => (minutes === null ? null : Number(minutes.toFixed(6)));
const figures = (terms: readonly ReliabilityTerms[]) => {
  const { failures, mtbf_minutes, mttr_minutes, mtta_minutes } = reliability(addReliability(...terms));
  return { failures, mtbf_minutes: rounded(mtbf_minutes), mttr_minutes: rounded(mttr_minutes), mtta_minutes: rounded(mtta_minutes) };
};

/** The stops that follow from the states of a line. */
import { latestEnd, reasonCategory, type LineState, type ReasonCategory, type StateReport } from '@plantops/contracts';
import type { Reasons } from '../reasons/reason.rules.ts';

export type Report = Pick<StateReport, 'id' | 'at' | 'state' | 'reason_code'>;
/** The time in which a batch ran; if `to` is null, it still runs. */
export type BatchSpan = { readonly from: string; readonly to: string | null };
/** A stop derived from states. Its key stays the same while later reports only move its end. */
export type DerivedStop = {
  readonly key: string;
  readonly from: string;
  readonly to: string | null;
  readonly reason_category: ReasonCategory;
  readonly reason_code: string | null;
  readonly is_planned: boolean;
};

type Reason = Pick<DerivedStop, 'reason_category' | 'reason_code' | 'is_planned'>;

/** A stop opens when the line leaves running and ends at its next report of another state or reason. */
export const stopsOf = (
  reports: readonly Report[],
  batches: readonly BatchSpan[],
  reasons: Reasons = new Map(),
): DerivedStop[] =>
  spansOf(reports)
    .flatMap((span) => {
      if (span.state === 'running') return [];
      if (span.state !== 'idle')
        return [{ key: span.id, from: span.from, to: span.to, ...reasonOf(span.state, span.reason_code, reasons) }];
      return idlePieces(span, batches);
    })
    .map(ended);

/** A line that is silent for longer than a stop may last was out of service, not stopped. */
const ended = (stop: DerivedStop): DerivedStop =>
  stop.to !== null && stop.to > latestEnd(stop.from) ? { ...stop, to: latestEnd(stop.from) } : stop;

type Span = Report & { readonly from: string; readonly to: string | null };

/** Each report holds until the next different one: repeated reports are heartbeats. */
const spansOf = (reports: readonly Report[]): Span[] => {
  const ordered = reports.toSorted((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
  // Of two reports for one instant the one with the later id counts.
  const changes = ordered
    .filter((report, index) => ordered[index + 1]?.at !== report.at)
    .filter(
      (report, index, kept) =>
        index === 0 || report.state !== kept[index - 1]?.state || report.reason_code !== kept[index - 1]?.reason_code,
    );
  return changes.map((report, index) => ({ ...report, from: report.at, to: changes[index + 1]?.at ?? null }));
};

/**
 * Idle time is missing demand while no batch runs, and an unexplained stop while one runs. It is cut where batches
 * start and end.
 */
const idlePieces = (span: Span, batches: readonly BatchSpan[]): DerivedStop[] => {
  const inside = (at: string) => at > span.from && (span.to === null || at < span.to);
  const cuts = [
    ...new Set(batches.flatMap(({ from, to }) => (to === null ? [from] : [from, to])).filter(inside)),
  ].sort();
  const edges = [span.from, ...cuts];
  return edges.map((from, index) => {
    const running = batches.some((batch) => batch.from <= from && (batch.to === null || from < batch.to));
    const reason: Reason = running
      ? { reason_category: 'unknown', reason_code: span.reason_code, is_planned: false }
      : { reason_category: 'no_demand', reason_code: span.reason_code, is_planned: true };
    return { key: index === 0 ? span.id : `${span.id}@${from}`, from, to: edges[index + 1] ?? span.to, ...reason };
  });
};

const BY_STATE: Record<Exclude<LineState, 'running' | 'idle' | 'stopped'>, Omit<Reason, 'reason_code'>> = {
  changeover: { reason_category: 'changeover', is_planned: false },
  planned_stop: { reason_category: 'other', is_planned: true },
  starved: { reason_category: 'starved', is_planned: false },
  blocked: { reason_category: 'blocked', is_planned: false },
};

/**
 * The category of a reason code: from the tenant's tree, or the code is the name of a category. Any other code is
 * kept unchanged.
 */
const reasonOf = (
  state: Exclude<LineState, 'running' | 'idle'>,
  reason_code: string | null,
  reasons: Reasons,
): Reason => {
  const inTree = reasons.get(reason_code ?? '');
  const named = reasonCategory.safeParse(reason_code);
  const category = inTree ? { reason_category: inTree.category } : named.success ? { reason_category: named.data } : {};
  if (state === 'stopped')
    return { reason_category: 'unknown', is_planned: inTree?.is_planned ?? false, ...category, reason_code };
  return { ...BY_STATE[state], ...(state === 'planned_stop' ? category : {}), reason_code };
};

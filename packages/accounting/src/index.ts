export * from './facts.ts';
export { MS_PER_HOUR, MS_PER_MINUTE, roundRow, shares, timeLeg, toCents, unitLeg } from './numbers/money.ts';
export {
  businessDateOf,
  calendarVersions,
  localDateOf,
  midnightOf,
  midnightsIn,
  shiftAt,
  shiftsIn,
  type Schedule,
  type ShiftInstance,
} from './time/calendar.ts';
export { batchRuns, MOST_LATE_MS, runAt, runOf, type BatchRun } from './time/batch-runs.ts';
export type { State } from './time/claims.ts';
export { isOver } from './time/is-over.ts';
export { layTime, type Ladder, type MaskedPart, type Piece } from './time/ladder.ts';
export { cellKey } from './time/layout.ts';
export { RULE_VERSION, type Category, type Posting, type Rule } from './postings/posting.ts';
export { isAvoidable, scrapPostings, stopPostings } from './postings/losses.ts';
export { wantedPostings, type Sources } from './postings/wanted.ts';
export { batchPostings, clampedAmounts, type BatchRows } from './postings/batch-losses.ts';
export { addTerms, noTerms, TERM_DECIMALS, TERM_TIMES, type Flag, type Terms } from './kpis/terms.ts';
export { cellsOf, termsOf, type Cell, type Legs } from './kpis/cells.ts';
export { downtimeMinutes, kpis, unitRatios, type Kpis, type TermsInMinutes } from './kpis/kpi.ts';
export {
  addReliability,
  reliability,
  reliabilityTerms,
  type Reliability,
  type ReliabilityTerms,
} from './kpis/reliability.ts';
export { LEG_NAMES, reconcile, type Reconciliation } from './kpis/reconciliation.ts';
export { scrapSpike, type ClosedPoint, type Spike, type SpikePoint } from './kpis/spike.ts';
export { correct, liveRows, reversalOf, type Correction, type PostedRow, type Reversal } from './postings/diff.ts';

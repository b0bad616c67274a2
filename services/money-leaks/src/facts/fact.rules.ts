/**
 * What other services announce about lines, as facts: the newest version of each stop, batch, count, scrap event, state
 * and trial.
 */
import type { Interval } from '@plantops/accounting';
import type {
  BatchBefore,
  CloudEvent,
  CountRow,
  DowntimeRow,
  HeldState,
  ScrapRow,
  StateReport,
  TrialRow,
} from '@plantops/contracts';

/**
 * A row of the table `fact`. `ended` is null while a stop, batch or trial lasts; counts, scrap and states end as they
 * begin.
 */
export type Fact = {
  kind: 'stop' | 'batch' | 'count' | 'scrap' | 'state' | 'trial';
  id: string;
  version: number;
  line_id: string;
  batch_id: string | null;
  batch_number: string | null;
  product_id: string | null;
  began: string;
  ended: string | null;
  data: object;
};

type Keys = Pick<Fact, 'id' | 'version' | 'line_id' | 'batch_id' | 'batch_number'>;
const keysOf = ({ id, version, line_id, batch_id, batch_number }: Keys): Keys => ({
  id,
  version,
  line_id,
  batch_id,
  batch_number,
});

/** The fact in an event. Undefined for a batch that never started: it has no time on a line. */
export function factOf({ type, data }: CloudEvent): Fact | undefined {
  const [entity] = type.split('.');
  if (entity === 'downtime') return stopFact(data as DowntimeRow);
  if (entity === 'batch') return batchFact(data as BatchBefore);
  if (entity === 'count' || entity === 'scrap') return unitsFact(entity, data as CountRow | ScrapRow);
  if (entity === 'state') return stateFact(data as StateReport);
  return trialFact(data as TrialRow);
}

/**
 * The facts in an event. A stop without a signal is two: from its start on, the state that the line reported last does
 * not hold.
 */
export function factsOf(event: CloudEvent): Fact[] {
  const fact = factOf(event);
  if (fact === undefined) return [];
  const stop = event.data as Partial<DowntimeRow>;
  return fact.kind === 'stop' && stop.source === 'silence' ? [fact, silentFact(event.data as DowntimeRow)] : [fact];
}

/** Whatever the line reported at that instant, its silence is the last word. */
const LAST_SEQ = Number.MAX_SAFE_INTEGER;

function silentFact({ id, version, line_id, start_time, voided_at }: DowntimeRow): Fact {
  const state: HeldState = { id, line_id, at: start_time, state: 'silent', reason_code: null, seq: LAST_SEQ };
  return {
    kind: 'state',
    ...keysOf({ id, version, line_id, batch_id: null, batch_number: null }),
    product_id: null,
    began: start_time,
    ended: start_time,
    data: { ...state, voided_at },
  };
}

function stopFact(stop: DowntimeRow): Fact {
  return { kind: 'stop', ...keysOf(stop), product_id: null, began: stop.start_time, ended: stop.end_time, data: stop };
}

function batchFact(batch: BatchBefore): Fact | undefined {
  if (batch.started_at === null) return undefined;
  const { started_at: began, product_id } = batch;
  const ended = endOfBatch(batch);
  return { kind: 'batch', ...keysOf({ ...batch, batch_id: null }), product_id, began, ended, data: batch };
}

/** When a batch ended, was cut, or stopped running until it is resumed; null: it has not. */
export function endOfBatch(batch: BatchBefore): string | null {
  const { status, started_at, completed_at, cancelled_at, cut_at = null, runs = null } = batch;
  const ended = completed_at ?? cancelled_at ?? cut_at;
  return ended === null && status === 'paused' ? (runs?.at(-1)?.to ?? started_at) : ended;
}

function unitsFact(kind: 'count' | 'scrap', units: CountRow | ScrapRow): Fact {
  return { kind, ...keysOf(units), product_id: units.product_id, began: units.at, ended: units.at, data: units };
}

function stateFact(report: StateReport): Fact {
  const keys = { id: report.id, version: 1, line_id: report.line_id, batch_id: null, batch_number: null };
  return { kind: 'state', ...keys, product_id: null, began: report.at, ended: report.at, data: report };
}

function trialFact(trial: TrialRow): Fact {
  const began = trial.started_at ?? trial.created_at;
  const ended = trial.completed_at ?? trial.cancelled_at;
  return { kind: 'trial', ...keysOf({ ...trial, batch_number: null }), product_id: null, began, ended, data: trial };
}

/** A stop without a signal and its state have one id. */
const keyOf = ({ kind, id }: Pick<Fact, 'kind' | 'id'>): string => `${kind} ${id}`;

/** Of each fact its newest version. Of two reports of one version the later one counts. */
export function newestOf(facts: readonly Fact[]): Fact[] {
  const newest = new Map<string, Fact>();
  for (const fact of facts) if ((newest.get(keyOf(fact))?.version ?? 0) <= fact.version) newest.set(keyOf(fact), fact);
  return [...newest.values()];
}

/** The facts that are new, or newer than what is stored of them. */
export function changedFrom(stored: readonly Fact[], facts: readonly Fact[]): Fact[] {
  const versions = new Map(stored.map((fact) => [keyOf(fact), fact.version]));
  return facts.filter((fact) => fact.version > (versions.get(keyOf(fact)) ?? 0));
}

/** Clocks differ: what was reported a moment ago may lie this far ahead of the clock here. */
export const AHEAD_MS = 10 * 60_000;

/** When a fact lasted. What has not ended lasts up to now, and a little more. */
export function intervalOf({ began, ended }: Pick<Fact, 'began' | 'ended'>, now: number): Interval {
  const from = Date.parse(began);
  return { from, to: ended === null ? Math.max(from, now + AHEAD_MS) : Date.parse(ended) };
}

/** The whole that a part of a split stop belongs to. */
export function originOf({ kind, data }: Pick<Fact, 'kind' | 'data'>): string | null {
  return kind === 'stop' ? ((data as Partial<DowntimeRow>).origin_id ?? null) : null;
}

/** Alerts: what needs attention now, from the answers of the services. */
import type { AlertRow } from '@plantops/contracts';
import type { Answers } from './answers.ts';
import { lineClockAlert, lineClocksOf } from './line-clock.rules.ts';

type Line = NonNullable<Answers['production']>['lines'][number];
type Of<S extends keyof Answers> = NonNullable<Answers[S]>;
type Alert = Omit<AlertRow, 'plant_id'>;
const minutesSince = (at: string, now: string): number => (Date.parse(now) - Date.parse(at)) / 60_000;

/**
 * The most severe first, then the longest. A service that is down may have had an alert, so an empty list would be a
 * false all-clear: the result is null then. It is also null without production, which knows the lines.
 */
export const alertsOf = (answers: Answers, now: string): AlertRow[] | null => {
  const { production, downtimes, sensors, 'money-leaks': losses } = answers;
  if (production === null) return null;
  const lines = new Map(production.lines.map((line) => [line.id, line]));
  const named = (line_id: string) => lines.get(line_id)?.name ?? '';
  const alerts = [
    ...(downtimes?.open ?? []).flatMap((stop) => stopAlert(stop, named, now)),
    ...(downtimes?.lost_devices ?? []).map((device) => deviceAlert(device, named, now)),
    ...(downtimes?.counting ?? []).map((stop) => countingAlert(stop, named, now)),
    ...(losses?.scrap_spikes ?? []).map((spike) => spikeAlert(spike, named)),
    ...(losses?.burn_rates ?? []).map((burn) => burnAlert(burn, named)),
    ...(losses?.unplaced_units ?? []).map((unplaced) => unplacedAlert(unplaced, named)),
    ...production.overdue_batches.map((batch) => overdueAlert(batch, named, now)),
    ...(sensors?.breached ?? []).map((sensor) => sensorAlert(sensor, named)),
    ...lineClocksOf(answers).map((clock) => lineClockAlert(clock, named)),
  ];
  const sorted = alerts.flatMap((alert) => located(alert, lines)).sort(gravestFirst);
  const allAnswered = downtimes !== null && sensors !== null && losses !== null;
  return allAnswered || sorted.length > 0 ? sorted : null;
};

const located = (alert: Alert, lines: ReadonlyMap<string, Line>): AlertRow[] => {
  const line = lines.get(alert.line_id);
  return line === undefined ? [] : [{ ...alert, plant_id: line.plant_id }];
};
const GRAVITY = ['critical', 'high', 'medium', 'low'];
const gravestFirst = (a: AlertRow, b: AlertRow): number =>
  GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) ||
  a.since.localeCompare(b.since) ||
  a.id.localeCompare(b.id);

type Step = { readonly at: number; readonly severity: Alert['severity'] };
/** The most severe level that a value has reached. */
const reached = (value: number, steps: readonly Step[]): Step | undefined => steps.find(({ at }) => value >= at);

const STOP_MINUTES: readonly Step[] = [
  { at: 60, severity: 'critical' },
  { at: 15, severity: 'high' },
  { at: 5, severity: 'medium' },
];
/** An open unplanned stop gets more severe with its length in minutes; one without a signal says so instead. */
const stopAlert = (stop: Of<'downtimes'>['open'][number], named: (lineId: string) => string, now: string): Alert[] => {
  const minutes = Math.floor(minutesSince(stop.start_time, now));
  if (stop.source === 'silence' && !stop.is_planned) return [silenceAlert(stop, named, minutes)];
  const step = reached(minutes, STOP_MINUTES);
  if (stop.is_planned || step === undefined) return [];
  return [
    {
      id: `downtime:${stop.id}`,
      severity: step.severity,
      type: 'downtime',
      title: `${named(stop.line_id)} is down`,
      message: `${stop.reason_category}${stop.description === null ? '' : `: ${stop.description}`}, for ${minutes} minutes`,
      line_id: stop.line_id,
      since: stop.start_time,
      value: minutes,
      threshold: step.at,
    },
  ];
};

/** Whether the line stands or its sender, nobody knows. */
const silenceAlert = (
  { id, line_id, start_time }: Of<'downtimes'>['open'][number],
  named: (lineId: string) => string,
  minutes: number,
): Alert => ({
  id: `not_reporting:${id}`,
  severity: reached(minutes, STOP_MINUTES)?.severity ?? 'medium',
  type: 'not_reporting',
  title: `${named(line_id)} reports nothing`,
  message: `no event of it has come for ${minutes} minutes, in a shift: look whether the line stands or its connection is broken`,
  line_id,
  since: start_time,
  value: minutes,
  threshold: 0,
});

/** A device of a line is away, which says nothing of the line itself: only that nobody hears it. */
const deviceAlert = (
  { line_id, device, since, reason }: NonNullable<Of<'downtimes'>['lost_devices']>[number],
  named: (lineId: string) => string,
  now: string,
): Alert => {
  const minutes = Math.max(0, Math.floor(minutesSince(since, now)));
  return {
    id: `not_reporting:${line_id}:${device}`,
    severity: reached(minutes, STOP_MINUTES)?.severity ?? 'medium',
    type: 'not_reporting',
    title: `A device of ${named(line_id)} is away`,
    message: `${device} has been away for ${minutes} minutes (${reason}): what it would report is missing`,
    line_id,
    since,
    value: minutes,
    threshold: 0,
  };
};

const countingAlert = (
  { id, line_id, start_time, counted_from, is_end_assumed }: NonNullable<Of<'downtimes'>['counting']>[number],
  named: (lineId: string) => string,
  now: string,
): Alert => ({
  id: `counting_while_stopped:${id}`,
  severity: 'medium',
  type: 'counting_while_stopped',
  title: `${named(line_id)} counts units while it is stopped`,
  message: is_end_assumed
    ? `nobody has ended the stop of ${start_time}: it is assumed to have ended at ${counted_from}, when units were counted again`
    : `the stop of ${start_time} is open, and units have been counted since ${counted_from}: end it, or void it`,
  line_id,
  since: counted_from,
  value: Math.max(0, Math.floor(minutesSince(counted_from, now))),
  threshold: 0,
});

const percent = (fraction: number): number => Number((fraction * 100).toFixed(4));
const spikeAlert = (spike: Of<'money-leaks'>['scrap_spikes'][number], named: (lineId: string) => string): Alert => ({
  id: `scrap_spike:${spike.line_id}:${spike.product_id ?? 'any'}:${spike.hour}`,
  severity: spike.value >= 2 * spike.limit ? 'high' : 'medium',
  type: 'scrap_spike',
  title: `${named(spike.line_id)} scraps more than usual`,
  message: `${spike.rejects} of ${spike.made} units since ${spike.hour}: ${percent(spike.value)} %, its own limit is ${percent(spike.limit)} %`,
  line_id: spike.line_id,
  since: spike.hour,
  value: percent(spike.value),
  threshold: percent(spike.limit),
});

const BURN_TIMES: readonly Step[] = [
  { at: 12, severity: 'critical' },
  { at: 6, severity: 'high' },
];
const burnAlert = (burn: Of<'money-leaks'>['burn_rates'][number], named: (lineId: string) => string): Alert => ({
  id: `leak_burn:${burn.line_id}`,
  severity: reached(burn.usual_usd > 0 ? burn.amount_usd / burn.usual_usd : Infinity, BURN_TIMES)?.severity ?? 'medium',
  type: 'leak_burn',
  title: `${named(burn.line_id)} loses money faster than usual`,
  message: `${burn.amount_usd.toFixed(2)} USD since ${burn.since}, usually ${burn.usual_usd.toFixed(2)} USD in that time`,
  line_id: burn.line_id,
  since: burn.since,
  value: burn.amount_usd,
  threshold: Number((3 * burn.usual_usd).toFixed(2)),
});

const unplacedAlert = (
  { line_id, since, units }: NonNullable<Of<'money-leaks'>['unplaced_units']>[number],
  named: (lineId: string) => string,
): Alert => ({
  id: `unplaced_units:${line_id}:${since}`,
  severity: 'low',
  type: 'unplaced_units',
  title: `Units of ${named(line_id)} are in no figure`,
  message: `${units} units were counted at a time at which nothing says that the line was busy: start the batch, or correct its times`,
  line_id,
  since,
  value: units,
  threshold: 0,
});

const OVERDUE_MINUTES: readonly Step[] = [
  { at: 240, severity: 'high' },
  { at: 60, severity: 'medium' },
];
const overdueAlert = (
  batch: Of<'production'>['overdue_batches'][number],
  named: (lineId: string) => string,
  now: string,
): Alert => {
  const minutes = Math.floor(minutesSince(batch.planned_end, now));
  return {
    id: `batch_overdue:${batch.id}`,
    severity: reached(minutes, OVERDUE_MINUTES)?.severity ?? 'low',
    type: 'batch_overdue',
    title: `Batch ${batch.batch_number} on ${named(batch.line_id)} is overdue`,
    message: `it was planned to end ${minutes} minutes ago`,
    line_id: batch.line_id,
    since: batch.planned_end,
    value: minutes,
    threshold: 0,
  };
};

const sensorAlert = (sensor: Of<'sensors'>['breached'][number], named: (lineId: string) => string): Alert => ({
  id: `sensor_limit:${sensor.sensor_id}`,
  severity: 'high',
  type: 'sensor_limit',
  title: `${sensor.name} on ${named(sensor.line_id)} is ${sensor.side === 'high' ? 'above' : 'below'} its limit`,
  message: `${sensor.value} ${sensor.unit}, the ${sensor.side} limit is ${sensor.limit} ${sensor.unit}`,
  line_id: sensor.line_id,
  since: sensor.since,
  value: sensor.value,
  threshold: sensor.limit,
});

/**
 * Anything that may be reported of a line in three days around the start of summer time, with what is corrected later.
 */
import {
  batchAmended,
  batchCompleted,
  batchStarted,
  countLogged,
  countVoided,
  downtimeAmended,
  downtimeEnded,
  downtimeStarted,
  downtimeVoided,
  scrapLogged,
  scrapVoided,
  stateChanged,
  type BatchRow,
  type EventContract,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStateReport, aStop } from '@plantops/testing';
import fc from 'fast-check';
import type { z } from 'zod';

const SLOT_MS = 15 * 60_000;
const SLOTS = 3 * 96;
export const START = Date.parse('2026-03-07T05:00:00Z');
export const END = START + SLOTS * SLOT_MS;
const VOIDED_AT = '2026-03-15T00:00:00.000Z';
const iso = (slot: number, more = 0) => new Date(START + slot * SLOT_MS + more).toISOString();

const anySlot = fc.integer({ min: 0, max: SLOTS - 1 });
const anyQuantity = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0.5, 1.25, 3.333));
const anyTotal = fc.option(anyQuantity, { nil: null });
const anyBatch = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null });
const anyFate = fc.constantFrom('stays', 'stays', 'changes', 'voided');

const anyRun = fc.record({
  from: anySlot,
  slots: fc.integer({ min: 1, max: 120 }),
  good_count: anyTotal,
  scrap_count: anyTotal,
  rework_count: anyTotal,
  fate: fc.constantFrom('runs', 'completed', 'completed', 'recounted'),
  /** After so many slots it is paused for good; on lines that say when batches ran. */
  pause: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null, freq: 2 }),
});
/**
 * Clocks of line systems are coarse: two batches may begin at the same instant, which slots drawn alone would hardly
 * ever do.
 */
const begunAtOnce = fc
  .tuple(anySlot, fc.array(anyRun, { minLength: 2, maxLength: 3 }))
  .map(([from, runs]) => runs.map((run, index) => (index < 2 ? { ...run, from } : run)));

export const anyTape = fc.record({
  timezone: fc.constantFrom('America/New_York', 'Asia/Kolkata'),
  calendar: fc.constantFrom('none', 'shifts', 'shifts'),
  cost_basis: fc.constantFrom('full' as const, 'material' as const),
  count_basis: fc.constantFrom('good' as const, 'gross' as const),
  /** Whether batches say when they ran, or it follows from their starts and ends. */
  says_runs: fc.boolean(),
  stops: fc.array(
    fc.record({
      from: anySlot,
      minutes: fc.constantFrom(2, 20, 45, 300),
      reason_category: fc.constantFrom(
        'mechanical' as const,
        'changeover' as const,
        'starved' as const,
        'break' as const,
        'other' as const,
      ),
      is_planned: fc.boolean(),
      phase: fc.constantFrom('production' as const, 'production' as const, 'startup' as const),
      open: fc.boolean(),
      fate: anyFate,
    }),
    { maxLength: 5 },
  ),
  batches: fc.oneof(
    { weight: 2, arbitrary: fc.array(anyRun, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: begunAtOnce },
  ),
  counts: fc.array(
    fc.record({
      at: anySlot,
      good: anyQuantity,
      reject: anyQuantity,
      batch: anyBatch,
      by_number: fc.boolean(),
      fate: anyFate,
    }),
    {
      maxLength: 4,
    },
  ),
  scraps: fc.array(
    fc.record({
      at: anySlot,
      quantity: anyQuantity,
      disposition: fc.constantFrom('scrap' as const, 'rework' as const, 'downgrade' as const),
      phase: fc.constantFrom('production' as const, 'startup' as const),
      batch: anyBatch,
      fate: anyFate,
    }),
    { maxLength: 3 },
  ),
  states: fc.array(
    fc.record({ at: anySlot, state: fc.constantFrom('running' as const, 'stopped' as const, 'idle' as const) }),
    {
      maxLength: 3,
    },
  ),
});
export type Tape = typeof anyTape extends fc.Arbitrary<infer T> ? T : never;

type Row = { readonly id: string } & object;
/** An event to announce. `first`: it reports a fact; others correct it. */
export type Report = { readonly event: EventContract; readonly data: Row; readonly first: boolean };
type Names = { readonly line_id: string; readonly product_id: string; readonly nextId: () => string };

const report = <D extends Row>(event: EventContract<z.ZodType<D>>, data: D): Report => ({ event, data, first: true });
const correct = <D extends Row>(event: EventContract<z.ZodType<D>>, data: D): Report => ({ event, data, first: false });

const LAST_SLOT = SLOTS + 120;
type Ran = { readonly runs: BatchRow['runs']; readonly isPaused: boolean };
/** When each batch had the line: slot by slot, the one that started last of those that want it. */
const ranOf = (batches: Tape['batches']): Ran[] => {
  const wants = batches.map(({ from, slots, fate, pause }) => {
    const end = fate === 'runs' ? Infinity : from + slots;
    return { from, end: Math.min(end, from + (pause ?? Infinity)), isPaused: pause !== null && from + pause < end };
  });
  const runs = batches.map((): { from: number; to: number }[] => []);
  for (let slot = 0; slot < LAST_SLOT; slot += 1) {
    const wanting = wants.flatMap(({ from, end }, index) => (from <= slot && slot < end ? { from, index } : []));
    const holder = wanting.toSorted((a, b) => a.from - b.from || a.index - b.index).at(-1);
    const own = holder === undefined ? undefined : (runs[holder.index] as (typeof runs)[number]);
    const last = own?.at(-1);
    if (last?.to === slot) last.to = slot + 1;
    else own?.push({ from: slot, to: slot + 1 });
  }
  return wants.map(({ end, isPaused }, index) => ({
    isPaused,
    runs: (runs[index] ?? []).map(({ from, to }) => ({
      from: iso(from),
      to: to === LAST_SLOT && end === Infinity ? null : iso(to),
    })),
  }));
};

/**
 * The tape in the words of the neighbours, about this line. Two lines with the same tape differ in nothing but ids,
 * which keep their order.
 */
export const reportsOf = (tape: Tape, { line_id, product_id, nextId }: Names): Report[] => {
  const batches = tape.batches.map(({ from }, index) =>
    aBatch({ id: nextId(), batch_number: `B${index}`, line_id, product_id, started_at: iso(from) }),
  );
  const naming = (batch: number | null, by_number: boolean) => {
    const named = batch === null ? undefined : batches[batch];
    return {
      line_id,
      product_id,
      batch_id: by_number ? null : (named?.id ?? null),
      batch_number: named?.batch_number ?? null,
    };
  };
  const voided = { voided_at: VOIDED_AT, void_reason: 'wrong' };
  const ran = ranOf(tape.batches);
  return [
    ...tape.batches.flatMap(({ from, slots, fate, pause: _pause, ...totals }, index) => {
      const batch = batches[index] as (typeof batches)[number];
      const { runs = null, isPaused = false } = tape.says_runs ? (ran[index] ?? {}) : {};
      const ended = { status: 'completed' as const, completed_at: iso(from + slots), ...totals };
      const completed = { ...batch, version: 2, runs, ...ended };
      const begun = { ...batch, runs: tape.says_runs ? [{ from: iso(from), to: null }] : null };
      const later = { ...batch, version: 2, runs, status: isPaused ? ('paused' as const) : batch.status };
      return [
        report(batchStarted, begun),
        ...(fate === 'runs' && tape.says_runs ? [report(batchAmended, later)] : []),
        ...(fate === 'runs' ? [] : [report(batchCompleted, completed)]),
        ...(fate === 'recounted'
          ? [correct(batchCompleted, { ...completed, version: 3, good_count: 77, scrap_count: null })]
          : []),
      ];
    }),
    ...tape.stops.flatMap(({ from, minutes, open, fate, ...fields }) => {
      const ended = aStop({
        id: nextId(),
        line_id,
        start_time: iso(from),
        end_time: iso(from, minutes * 60_000),
        version: 2,
        ...fields,
      });
      const started = { ...ended, version: 1, end_time: null, duration_minutes: null, status: 'open' as const };
      return [
        ...(open ? [report(downtimeStarted, started)] : []),
        report(downtimeEnded, ended),
        ...(fate === 'changes'
          ? [
              correct(downtimeAmended, {
                ...ended,
                version: 3,
                start_time: iso(from, -420_000),
                reason_category: 'electrical',
              }),
            ]
          : []),
        ...(fate === 'voided' ? [correct(downtimeVoided, { ...ended, version: 4, ...voided })] : []),
      ];
    }),
    ...tape.counts.flatMap(({ at, good, reject, batch, by_number, fate }) => {
      const count = aCount({ id: nextId(), at: iso(at), good, reject, ...naming(batch, by_number) });
      return [
        report(countLogged, count),
        ...(fate === 'voided' ? [correct(countVoided, { ...count, version: 2, ...voided })] : []),
      ];
    }),
    ...tape.scraps.flatMap(({ at, batch, fate, ...fields }) => {
      const scrap = aScrap({ id: nextId(), at: iso(at), ...fields, ...naming(batch, false) });
      return [
        report(scrapLogged, scrap),
        ...(fate === 'voided' ? [correct(scrapVoided, { ...scrap, version: 2, ...voided })] : []),
      ];
    }),
    ...tape.states.map(({ at, state }) =>
      report(stateChanged, aStateReport({ id: nextId(), line_id, at: iso(at), state })),
    ),
  ];
};

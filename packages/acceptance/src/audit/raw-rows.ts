/** The stored rows of a plant, as the audit reads them: times in milliseconds, figures as exact fractions. */
import type { Fraction } from './fraction.ts';

/** Values with the instant from which each is in force; the first one also covers all time before. */
export type Versions<T> = readonly ({ readonly since: number } & T)[];
export const inForce = <T>(versions: Versions<T>, at: number): T | undefined =>
  versions.findLast(({ since }) => since <= at) ?? versions[0];

type Pattern = { name: string; start: string; end: string; breaks: { start: string; end: string }[] };
export type Calendar = {
  timezone: string;
  weekly: (Pattern & { weekdays: number[] })[] | null;
  exceptions: { date: string; shifts: Pattern[] }[];
};
export type Plant = { id: string; code: string; timezone: string; calendars: Versions<Calendar> };
export type LinePrice = {
  hourly: Fraction;
  cycleMs: Fraction;
  microMs: number;
  countsRejects: boolean;
  lateMs: number;
};
export type Line = {
  id: string;
  code: string;
  name: string;
  plant_id: string;
  is_active: boolean;
  prices: Versions<LinePrice>;
};
export type Costs = { unit: Fraction; salvage: Fraction; material: Fraction | null; basis: 'full' | 'material' };
export type Product = {
  id: string;
  code: string;
  costs: Versions<Costs>;
  rates: { line_id: string; since: number; cycleMs: Fraction | null }[];
};
export type Stop = {
  id: string;
  line_id: string;
  from: number;
  to: number | null;
  reason_category: string;
  reason_code: string | null;
  is_planned: boolean;
  is_excluded: boolean;
  is_failure: boolean;
  is_unavoidable: boolean;
  phase: string;
  origin: string;
  acknowledged: number | null;
};
export type Kind = 'scrap' | 'startup' | 'rework';
export type Batch = {
  id: string;
  line_id: string;
  number: string;
  product_id: string | null;
  from: number;
  to: number | null;
  running: boolean;
  /** When it was paused, and resumed. */
  paused: readonly number[];
  resumed: readonly number[];
  good: Fraction | null;
  rejects: Record<Kind, Fraction | null>;
  material: Fraction | null;
  trial: boolean;
};
export type Count = {
  id: string;
  line_id: string;
  batch: string | null;
  number: string | null;
  product_id: string | null;
  at: number;
  good: Fraction;
  reject: Fraction;
};
export type Scrap = Omit<Count, 'good' | 'reject'> & {
  quantity: Fraction;
  kind: Kind;
  reworked: boolean;
  unit: Fraction | null;
};
export type State = { line_id: string; at: number; id: string; state: string };
export type RawRows = Readonly<{
  plants: Plant[];
  lines: Line[];
  products: Product[];
  stops: Stop[];
  batches: Batch[];
  counts: Count[];
  scraps: Scrap[];
  states: State[];
}>;

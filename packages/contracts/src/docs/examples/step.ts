/** The parts of the examples: their steps, and the fields that every row carries. */
import type { z } from 'zod';
import type { Operation } from '../../contract.ts';

/** One request and its answer. Documents show them; a test sends them to a plant. */
export type Step = Readonly<{
  operation: Operation;
  title: string;
  input: Readonly<Record<string, unknown>>;
  output: unknown;
  /** Fields of the answer that differ on another plant or day; true: all of them. */
  varies: readonly string[] | true;
  /** Why this cannot be sent to a plant that works. */
  notRun?: string;
}>;

export const step = <I extends z.ZodType<unknown, Record<string, unknown>>, O extends z.ZodType>(
  operation: Operation<I, O>,
  title: string,
  input: z.input<I>,
  output: z.input<O>,
  more: { varies?: readonly string[] | true; notRun?: string } = {},
): Step => ({ operation, title, input, output, varies: [], ...more });

/** A sample id; each stands for the same row in all examples. */
export function sampleId(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** An instant of the day of the examples, a Monday; the plant is five hours behind UTC. */
export function onTheDay(time: string): string {
  return `2026-03-02T${time}:00.000Z`;
}

const WRITTEN = '2026-03-02T20:00:00.000Z';
export const stamps = {
  tenant_id: 'akron',
  version: 1,
  created_at: WRITTEN,
  updated_at: WRITTEN,
  created_by: 'admin@akron',
  updated_by: 'admin@akron',
};
export const AFTERWARDS = WRITTEN;

/** A list that is one page. */
export function wholeList<R>(...items: R[]) {
  return { items, next_cursor: null, total: items.length, total_is_capped: false };
}

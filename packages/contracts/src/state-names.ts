/** What controllers call the states of a line, and what those mean. */
import { z } from 'zod';
import { normalLine } from './normal.ts';
import { lineState, printableCode, type LineState } from './values.ts';

const MOST_NAMES = 200;

/** A state as a controller names it: in words or by number. Capitals do not matter. */
export const stateName = z
  .union([printableCode, z.int().min(0).max(9_999).transform(String)], {
    error: 'must be a name of 1 to 64 printable characters, or a whole number from 0 to 9999',
  })
  .describe("A state of PlantOps, or the controller's own name or number for it, which the line's state_map explains.");

const meaning = z.strictObject({
  state: lineState.describe('What it means.'),
  reason_code: printableCode.nullable().optional().describe('The reason of a stop in it, unless the event names one.'),
});
export const stateMap = z
  .strictObject({
    standard: z
      .enum(['packml'])
      .nullable()
      .optional()
      .describe('packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known.'),
    states: z
      .record(printableCode, meaning)
      .refine((names) => Object.keys(names).length <= MOST_NAMES, `must have at most ${MOST_NAMES} names`)
      .optional()
      .describe("What the controller's own names or numbers mean. They win over those of the standard."),
  })
  .describe("What a controller's states mean. Events with a name that is not known wait until it is.");
export type StateMap = z.infer<typeof stateMap>;
type Meaning = { readonly state: LineState; readonly reason_code?: string | null | undefined };

/**
 * The states of PackML by number. Only in Execute does a machine produce; it is suspended for want of material or room,
 * held for a reason of its own, and idle or complete without an order.
 */
const PACKML: readonly (readonly [number, string, LineState])[] = [
  [1, 'clearing', 'stopped'],
  [2, 'stopped', 'stopped'],
  [3, 'starting', 'idle'],
  [4, 'idle', 'idle'],
  [5, 'suspended', 'starved'],
  [6, 'execute', 'running'],
  [7, 'stopping', 'stopped'],
  [8, 'aborting', 'stopped'],
  [9, 'aborted', 'stopped'],
  [10, 'holding', 'stopped'],
  [11, 'held', 'stopped'],
  [12, 'unholding', 'stopped'],
  [13, 'suspending', 'starved'],
  [14, 'unsuspending', 'starved'],
  [15, 'resetting', 'idle'],
  [16, 'completing', 'idle'],
  [17, 'complete', 'idle'],
];
const OWN: readonly (readonly [string, Meaning])[] = lineState.options.map((state) => [state, { state }]);
const OF_PACKML = PACKML.flatMap(([number, name, state]): [string, Meaning][] => [
  [String(number), { state }],
  [name, { state }],
]);

/** A name as it is looked up. */
export function stateKey(name: string): string {
  return normalLine(name).toLowerCase();
}

/** What each name means on a line, by its key. */
export function meaningsOf(map: StateMap | null | undefined): ReadonlyMap<string, Meaning> {
  const standard = map?.standard === 'packml' ? OF_PACKML : [];
  const own = Object.entries(map?.states ?? {}).map(([name, means]): [string, Meaning] => [stateKey(name), means]);
  return new Map([...OWN, ...standard, ...own]);
}

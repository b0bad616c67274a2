/**
 * The units of one batch: how many a line has made, how many of them were rejects, and how many rejects were logged as
 * scrap.
 */
import { instantOf, type Happening } from './happening.rules.ts';
import type { Random } from './random.rules.ts';

export type Run = {
  readonly batch_number: string;
  readonly product_code: string;
  readonly planned_quantity: number;
  readonly seconds_per_unit: number;
  /** The instant of the last count, and the part of the next unit that was done then. */
  readonly counted_until: number;
  readonly part_made: number;
  /** The first units after a changeover are rejects. This many are still to come. */
  readonly startup_left: number;
  readonly startup_quantity: number;
  readonly good: number;
  /** Rejects by disposition. `unlogged` ones are counted, but have no scrap event yet. */
  readonly unlogged: number;
  readonly scrapped: number;
  readonly startup: number;
  readonly reworked: number;
};
type Step = { readonly run: Run; readonly happenings: readonly Happening[] };

const REJECTS = 0.016;
/** Rejects are logged about this often. */
const LOGGED_EVERY_SECONDS = 240;
const DEFECTS = ['underfill', 'cap_missing', 'label_skew', 'dented', 'seal_leak'] as const;
const DISPOSITIONS = ['scrap', 'scrap', 'scrap', 'rework', 'downgrade'] as const;

export const madeIn = ({ good, unlogged, scrapped, startup, reworked }: Run): number =>
  good + unlogged + scrapped + startup + reworked;

/** When the last unit of the batch is made, unless the line stops before. */
export const doneAt = (run: Run): number =>
  run.counted_until + Math.ceil((run.planned_quantity - madeIn(run) - run.part_made) * run.seconds_per_unit * 1000) + 1;

/** Counts the units since the last count. Sometimes rejects are logged too. */
export function countUnits(run: Run, at: number, draw: Random): Step {
  const seconds = (at - run.counted_until) / 1000;
  const progress = run.part_made + seconds / run.seconds_per_unit;
  const made = Math.min(Math.floor(progress), run.planned_quantity - madeIn(run));
  const startup = Math.min(made, run.startup_left);
  let reject = 0;
  for (let unit = startup; unit < made; unit += 1) if (draw.chance(REJECTS)) reject += 1;
  const counted: Run = {
    ...run,
    counted_until: at,
    part_made: progress - Math.floor(progress),
    startup_left: run.startup_left - startup,
    good: run.good + made - startup - reject,
    startup: run.startup + startup,
    unlogged: run.unlogged + reject,
  };
  const { batch_number, product_code } = run;
  const count: Happening = {
    kind: 'count',
    body: { at: instantOf(at), good: made - startup - reject, reject: startup + reject, batch_number, product_code },
  };
  const logged = logRejects(counted, at, seconds, draw);
  const atStartup: Happening[] = run.startup_left > 0 && counted.startup_left === 0 ? [startupScrap(counted, at)] : [];
  return { run: logged.run, happenings: [...(made > 0 ? [count] : []), ...atStartup, ...logged.happenings] };
}

const startupScrap = ({ batch_number, product_code, startup_quantity }: Run, at: number): Happening => ({
  kind: 'scrap',
  body: {
    at: instantOf(at),
    quantity: startup_quantity,
    reason_code: 'startup',
    disposition: 'scrap',
    phase: 'startup',
    batch_number,
    product_code,
  },
});

/** Not all rejects are logged: PlantOps calls the difference unexplained. */
function logRejects(run: Run, at: number, seconds: number, draw: Random): Step {
  if (run.unlogged === 0 || !draw.chance(seconds / LOGGED_EVERY_SECONDS)) return { run, happenings: [] };
  const quantity = Math.ceil(run.unlogged * draw.between(0.7, 1));
  const disposition = draw.pick(DISPOSITIONS);
  const { batch_number, product_code } = run;
  const scrap: Happening = {
    kind: 'scrap',
    body: {
      at: instantOf(at),
      quantity,
      reason_code: draw.pick(DEFECTS),
      reason_category: 'quality',
      disposition,
      batch_number,
      product_code,
    },
  };
  const as = disposition === 'scrap' ? { scrapped: run.scrapped + quantity } : { reworked: run.reworked + quantity };
  return { run: { ...run, ...as, unlogged: run.unlogged - quantity }, happenings: [scrap] };
}

/** The totals of a batch, which equal the sums of its counts. Rejects that were not logged count as scrap. */
export const completed = (
  { batch_number, good, unlogged, scrapped, startup, reworked }: Run,
  at: number,
): Happening => ({
  kind: 'batch.completed',
  body: {
    batch_number,
    at: instantOf(at),
    good_count: good,
    scrap_count: scrapped + unlogged,
    startup_scrap_count: startup,
    rework_count: reworked,
  },
});

/** Lines: what they cost and how fast they are, and from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, flag, listInput, listOutput, rowFields, validFrom, versions } from '../fields.ts';
import { stateMap } from '../state-names.ts';
import { positiveQuantity, quantity, ratio } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

const MOST_MICRO_STOP_SECONDS = 86_400;
const MICRO_STOP_SECONDS = 300;
const SHORTER_IS_A_MICRO_STOP =
  'Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds.';
const microStopSeconds = z.int().min(0).max(MOST_MICRO_STOP_SECONDS).describe(SHORTER_IS_A_MICRO_STOP);
const storedMicroStopSeconds = z.int().describe(SHORTER_IS_A_MICRO_STOP);
const LATE_UNIT_SECONDS = 120;
const MOST_LATE_UNIT_SECONDS = 3_600;
const UNITS_COME_LATE =
  'How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds.';
const lateUnitSeconds = z.int().min(0).max(MOST_LATE_UNIT_SECONDS).describe(UNITS_COME_LATE);
const storedLateUnitSeconds = z.int().describe(`${UNITS_COME_LATE} Absent: ${LATE_UNIT_SECONDS}.`);
const MOST_IGNORE_STOP_SECONDS = 3_600;
const SHORTER_IS_NOISE =
  'Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds.';
const ignoreStopSeconds = z.int().min(0).max(MOST_IGNORE_STOP_SECONDS).describe(SHORTER_IS_NOISE);
const storedIgnoreStopSeconds = z.int().describe(`${SHORTER_IS_NOISE} Absent: 0.`);
const UNITS_END_STOPS =
  'Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand.';
const unitsEndStops = z.boolean().describe(UNITS_END_STOPS);
const LEAST_SILENCE_SECONDS = 60;
const MOST_SILENCE_SECONDS = 86_400;
const LONGER_IS_SILENCE =
  'After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds.';
const silenceSeconds = z
  .int()
  .min(LEAST_SILENCE_SECONDS)
  .max(MOST_SILENCE_SECONDS)
  .nullable()
  .describe(LONGER_IS_SILENCE);
const storedSilenceSeconds = z.int().nullable().describe(`${LONGER_IS_SILENCE} Absent: none does.`);
const COUNTER_STARTS_AGAIN =
  'The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not.';
const counterModulus = positiveQuantity.nullable().describe(COUNTER_STARTS_AGAIN);
const UNITS_A_PULSE = 'How many units of product one of a counter is.';
const unitsPerPulse = positiveQuantity.describe(UNITS_A_PULSE);
const COUNTS_SAY =
  'good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good.';
const countBasis = z.enum(['good', 'gross']).meta({ id: 'CountBasis' }).describe(COUNTS_SAY);
const counterFields = {
  counter_modulus: quantity.nullable().describe(`${COUNTER_STARTS_AGAIN} Absent: it does not.`).optional(),
  units_per_pulse: quantity.describe(`${UNITS_A_PULSE} Absent: 1.`).optional(),
  count_basis: countBasis.describe(`${COUNTS_SAY} Absent: good.`).optional(),
};
const targetOee = ratio.nullable().describe('The OEE the line is measured against, as a fraction.');

/**
 * What a line costs and how fast it is, from a moment on. The first version (valid_from null) reaches back without
 * limit.
 */
export const linePrice = z
  .object({
    valid_from: validFrom.nullable(),
    hourly_cost: field.hourly_cost,
    ideal_cycle_seconds: field.ideal_cycle_seconds,
    micro_stop_seconds: storedMicroStopSeconds,
    late_unit_seconds: storedLateUnitSeconds.optional(),
    ignore_stop_seconds: storedIgnoreStopSeconds.optional(),
    units_end_stops: unitsEndStops.describe(`${UNITS_END_STOPS} Absent: true.`).optional(),
    silence_seconds: storedSilenceSeconds.optional(),
    state_map: stateMap.nullable().optional(),
    ...counterFields,
  })
  .meta({ id: 'LinePrice' });
export type LinePrice = z.infer<typeof linePrice>;
export const lineRow = z
  .object({
    ...rowFields,
    code: field.code,
    plant_id: field.plant_id,
    name: field.name,
    is_active: field.is_active,
    hourly_cost: field.hourly_cost,
    ideal_cycle_seconds: field.ideal_cycle_seconds,
    target_oee: targetOee,
    micro_stop_seconds: storedMicroStopSeconds,
    late_unit_seconds: storedLateUnitSeconds.optional(),
    ignore_stop_seconds: storedIgnoreStopSeconds.optional(),
    units_end_stops: unitsEndStops.describe(`${UNITS_END_STOPS} Absent: true.`).optional(),
    silence_seconds: storedSilenceSeconds.optional(),
    state_map: stateMap.nullable().optional(),
    ...counterFields,
    versions: versions(linePrice),
  })
  .meta({ id: 'Line' });
export type LineRow = z.infer<typeof lineRow>;

/** How late units may come, milliseconds: on a slow line as late as its cycle is long, but at most an hour. */
export function lateUnitMs({
  late_unit_seconds = LATE_UNIT_SECONDS,
  ideal_cycle_seconds,
}: Pick<LinePrice, 'late_unit_seconds' | 'ideal_cycle_seconds'>): number {
  return 1000 * Math.min(MOST_LATE_UNIT_SECONDS, Math.max(late_unit_seconds, ideal_cycle_seconds));
}

export const createLine = writes({
  name: 'create-line',
  role: 'engineer',
  summary: 'Add a line',
  output: lineRow,
  problems: ['already_exists'],
  input: z.strictObject({
    code: field.code,
    plant_id: field.plant_id,
    name: field.name,
    hourly_cost: field.hourly_cost,
    is_active: field.is_active.default(true),
    ideal_cycle_seconds: field.ideal_cycle_seconds,
    target_oee: targetOee.default(null),
    micro_stop_seconds: microStopSeconds.default(MICRO_STOP_SECONDS),
    late_unit_seconds: lateUnitSeconds.default(LATE_UNIT_SECONDS),
    ignore_stop_seconds: ignoreStopSeconds.default(0),
    units_end_stops: unitsEndStops.default(true),
    silence_seconds: silenceSeconds.default(null),
    state_map: stateMap.nullable().default(null),
    counter_modulus: counterModulus.default(null),
    units_per_pulse: unitsPerPulse.default(1),
    count_basis: countBasis.default('good'),
  }),
});
export const updateLine = writes({
  name: 'update-line',
  role: 'engineer',
  summary: 'Change the fields named; costs, cycle, threshold, times and counting from valid_from on (default now)',
  output: lineRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    name: field.name.optional(),
    is_active: field.is_active.optional(),
    hourly_cost: field.hourly_cost.optional(),
    ideal_cycle_seconds: field.ideal_cycle_seconds.optional(),
    target_oee: targetOee.optional(),
    micro_stop_seconds: microStopSeconds.optional(),
    late_unit_seconds: lateUnitSeconds.optional(),
    ignore_stop_seconds: ignoreStopSeconds.optional(),
    units_end_stops: unitsEndStops.optional(),
    silence_seconds: silenceSeconds.optional(),
    state_map: stateMap.nullable().optional(),
    counter_modulus: counterModulus.optional(),
    units_per_pulse: unitsPerPulse.optional(),
    count_basis: countBasis.optional(),
    valid_from: validFrom.optional(),
  }),
});
export const getLine = reads({
  name: 'get-line',
  role: 'viewer',
  summary: 'One line',
  input: byId,
  output: lineRow,
  problems: ['not_found'],
});
export const listLines = reads({
  name: 'list-lines',
  role: 'viewer',
  summary: 'Lines',
  output: listOutput(lineRow),
  input: listInput(
    {
      plant_id: field.plant_id.optional(),
      code: field.code.optional(),
      is_active: flag(field.is_active).optional(),
      ...changeFields,
    },
    ['created_at'],
  ),
});

export const lineCreated = master('line.created', lineRow, 'A line was added');
export const lineUpdated = master('line.updated', lineRow, 'A line changed');

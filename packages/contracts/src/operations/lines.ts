/** Lines: what they cost and how fast they are, and from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, flag, listInput, listOutput, rowFields, validFrom, versions } from '../fields.ts';
import { ratio } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

const MOST_MICRO_STOP_SECONDS = 86_400;
const MICRO_STOP_SECONDS = 300;
const SHORTER_IS_A_MICRO_STOP =
  'Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds.';
const microStopSeconds = z.int().min(0).max(MOST_MICRO_STOP_SECONDS).describe(SHORTER_IS_A_MICRO_STOP);
const storedMicroStopSeconds = z.int().describe(SHORTER_IS_A_MICRO_STOP);
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
    versions: versions(linePrice),
  })
  .meta({ id: 'Line' });
export type LineRow = z.infer<typeof lineRow>;

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
  }),
});
export const updateLine = writes({
  name: 'update-line',
  role: 'engineer',
  summary: 'Change the fields named; costs, cycle and threshold from valid_from on (default now)',
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

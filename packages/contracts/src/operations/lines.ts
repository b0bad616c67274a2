/** Lines: what they cost and how fast they are, from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, code, cycleSeconds, id, inQuery, instant, listInput, listOutput, money, name, ratio, rowFields } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

/** What a line costs and how fast it is, from a moment on. The first version (valid_from null) reaches back without limit. */
export const linePrice = z.object({
  valid_from: instant.nullable(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  micro_stop_seconds: z.int(),
});
export type LinePrice = z.infer<typeof linePrice>;
const microStopSeconds = z.int().min(0).max(86_400);
export const lineRow = z.object({
  ...rowFields,
  code,
  plant_id: id,
  name,
  is_active: z.boolean(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  target_oee: ratio.nullable(),
  micro_stop_seconds: z.int(),
  versions: z.array(linePrice),
});
export type LineRow = z.infer<typeof lineRow>;
const lineFields = {
  name,
  is_active: z.boolean(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  target_oee: ratio.nullable(),
  micro_stop_seconds: microStopSeconds,
};

export const createLine = writes({
  name: 'create-line',
  role: 'engineer',
  summary: 'Add a line',
  output: lineRow,
  problems: ['already_exists'],
  input: z.strictObject({
    code,
    plant_id: id,
    name,
    hourly_cost: money,
    is_active: z.boolean().default(true),
    ideal_cycle_seconds: cycleSeconds,
    target_oee: ratio.nullable().default(null),
    micro_stop_seconds: microStopSeconds.default(300),
  }),
});
export const updateLine = writes({
  name: 'update-line',
  role: 'engineer',
  summary: 'Change the fields named; costs, cycle and threshold from valid_from on (default now)',
  output: lineRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({ id, ...z.object(lineFields).partial().shape, valid_from: instant.optional() }),
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
  input: listInput({ plant_id: id.optional(), code: code.optional(), is_active: inQuery.flag.optional() }, ['created_at']),
});

export const lineCreated = master('line.created', lineRow, 'A line was added');
export const lineUpdated = master('line.updated', lineRow, 'A line changed');

/** Line events that can never be applied: each consuming service lists its own, in the same words. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { id, instant, listInput, listOutput } from '../values.ts';

export const rejectionRow = z.object({
  id,
  tenant_id: z.string(),
  service: z.string(),
  line_code: z.string(),
  kind: z.string(),
  event_id: z.string().nullable(),
  reason: z.string(),
  body: z.string(),
  rejected_at: instant,
});
export type RejectionRow = z.infer<typeof rejectionRow>;
const declared = {
  name: 'list-rejections',
  role: 'admin',
  summary: 'Line events that could not be applied, with the reason',
  input: listInput({}, ['rejected_at']),
  output: listOutput(rejectionRow),
} as const;
export const listProductionRejections = operationsOf('production').reads(declared);
export const listDowntimeRejections = operationsOf('downtimes').reads(declared);
export const listSensorRejections = operationsOf('sensors').reads(declared);

/** The same question to each service that keeps some of them. */
export const rejectionLists = [listProductionRejections, listDowntimeRejections, listSensorRejections] as const;

/** Messages that a service failed on again and again: set aside so that they delay nothing, kept, and applied again on request. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { topology, serviceNames, type ServiceName } from '../topology.ts';
import { byId, id, inQuery, instant, listInput, listOutput } from '../values.ts';

export const deadLetterRow = z.object({
  id,
  tenant_id: z.string(),
  service: z.string(),
  stream: z.string(),
  stream_seq: z.int(),
  message_subject: z.string(),
  payload: z.string(),
  reason: z.string(),
  parked_at: instant,
  replayed_at: instant.nullable(),
  replayed_by: z.string().nullable(),
});
export type DeadLetterRow = z.infer<typeof deadLetterRow>;

const declaredFor = (service: ServiceName) => ({
  list: operationsOf(service).reads({
    name: 'list-dead-letters',
    role: 'admin',
    summary: 'Messages that were set aside, newest first',
    input: listInput({ is_replayed: inQuery.flag.optional() }, ['parked_at']),
    output: listOutput(deadLetterRow),
  }),
  replay: operationsOf(service).writes({
    name: 'replay-dead-letter',
    role: 'admin',
    summary: 'Apply a message that was set aside once more',
    input: byId,
    output: deadLetterRow,
    problems: ['not_found', 'illegal_transition'],
  }),
});
/** Each service that consumes a stream keeps its own; these are their operations, by service. */
export const deadLetters: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames.filter((name) => topology[name].listens.length > 0).map((name) => [name, declaredFor(name)]),
);
export const deadLettersOf = (service: ServiceName): ReturnType<typeof declaredFor> => deadLetters.get(service) ?? declaredFor(service);

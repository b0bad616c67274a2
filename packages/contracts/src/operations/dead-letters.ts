/** Dead letters: messages that a service failed on too often. They are stored, delay nothing, and can be replayed. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { byId, listInput, listOutput, rowFields } from '../fields.ts';
import { topology, serviceNames, type ServiceName } from '../topology.ts';
import { inQuery, instant } from '../values.ts';

export const deadLetterRow = z
  .object({
    id: rowFields.id,
    tenant_id: z.string().describe('The tenant that owns it.'),
    service: z.string().describe('The service that stores it.'),
    stream: z.string().describe('The NATS stream that the message came from.'),
    stream_seq: z.int().describe('The sequence number of the message in its stream.'),
    message_subject: z.string().describe('The NATS subject of the message.'),
    payload: z.string().describe('The message as it came.'),
    reason: z.string().describe('Why it could not be applied: the error of the last attempt.'),
    parked_at: instant.describe('When it was stored as a dead letter.'),
    replayed_at: instant.nullable().describe('When it was replayed; null: not yet.'),
    replayed_by: z.string().nullable().describe('Who replayed it; null: nobody yet.'),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetterRow = z.infer<typeof deadLetterRow>;

const declaredFor = (service: ServiceName) => ({
  list: operationsOf(service).reads({
    name: 'list-dead-letters',
    role: 'admin',
    summary: 'Dead letters, newest first',
    input: listInput({ is_replayed: inQuery.flag.describe('Whether it has been replayed.').optional() }, ['parked_at']),
    output: listOutput(deadLetterRow),
  }),
  replay: operationsOf(service).writes({
    name: 'replay-dead-letter',
    role: 'admin',
    summary: 'Replay a dead letter: apply its message again',
    input: byId,
    output: deadLetterRow,
    problems: ['not_found', 'illegal_transition'],
  }),
});
/** Each service that consumes a stream stores its own; these are their operations, by service. */
export const deadLetters: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames.filter((name) => topology[name].listens.length > 0).map((name) => [name, declaredFor(name)]),
);
export function deadLettersOf(service: ServiceName): ReturnType<typeof declaredFor> {
  return deadLetters.get(service) ?? declaredFor(service);
}

/** Every schema that documents print, with the direction it is printed for. Tests go through it. */
import type { z } from 'zod';
import { allEvents } from '../events/events.ts';
import { ingestKinds } from '../line-events.ts';
import { readingsBody } from '../operations/sensors.ts';
import { allOperations } from './declared.ts';

export type Documented = Readonly<{ title: string; schema: z.ZodType; io: 'input' | 'output' }>;

export const documented: readonly Documented[] = [
  ...allOperations.flatMap(({ subject, input, output }): Documented[] => [
    { title: `the input of ${subject}`, schema: input, io: 'input' },
    { title: `the output of ${subject}`, schema: output, io: 'output' },
  ]),
  ...allEvents.map(({ type, data }): Documented => ({ title: `the event ${type}`, schema: data, io: 'output' })),
  ...Object.entries(ingestKinds).map(([kind, { body }]): Documented => ({
    title: `the line event ${kind}`,
    schema: body,
    io: 'input',
  })),
  { title: 'several readings', schema: readingsBody.options[0], io: 'input' },
  { title: 'one reading', schema: readingsBody.options[1], io: 'input' },
];

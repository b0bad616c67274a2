/** Examples of every operation: requests to one plant and their answers, in an order in which they can be sent. */
import { administrationSteps } from './examples/administration.ts';
import { connectSteps } from './examples/connect.ts';
import { downtimeSteps, reasonSteps } from './examples/downtimes.ts';
import { masterDataSteps } from './examples/master-data.ts';
import { moneyLeakSteps } from './examples/money-leaks.ts';
import { batchBegins, batchEnds, unitsAreMade } from './examples/production.ts';
import { sensorSteps } from './examples/sensors.ts';
import type { Step } from './examples/step.ts';
import { trialSteps } from './examples/trials.ts';
import type { Operation } from '../contract.ts';

export { eventExamples } from './examples/events.ts';
export { ingestExamples, readingsExamples, rejectionExample } from './examples/line-events.ts';
export type { Step } from './examples/step.ts';

export const exampleSteps: readonly Step[] = [
  ...masterDataSteps,
  ...reasonSteps,
  ...batchBegins,
  ...unitsAreMade,
  ...downtimeSteps,
  ...batchEnds,
  ...trialSteps,
  ...moneyLeakSteps,
  ...sensorSteps,
  ...connectSteps,
  ...administrationSteps,
];

/** The example of an operation: the first step that uses it. */
export function exampleOf(operation: Operation): Step | undefined {
  return exampleSteps.find((step) => step.operation === operation);
}

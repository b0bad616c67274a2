import type {
  getDowntimeFigures,
  getLossFigures,
  getProductionFigures,
  getSensorFigures,
  getTrialFigures,
} from '@plantops/contracts';
import type { z } from 'zod';

/** The answers of the services; null if one did not answer. */
export type Answers = {
  readonly production: z.infer<typeof getProductionFigures.output> | null;
  readonly downtimes: z.infer<typeof getDowntimeFigures.output> | null;
  readonly 'money-leaks': z.infer<typeof getLossFigures.output> | null;
  readonly trials: z.infer<typeof getTrialFigures.output> | null;
  readonly sensors: z.infer<typeof getSensorFigures.output> | null;
};

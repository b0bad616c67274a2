import { createTrials } from './20261122T0900-create-trials.ts';

export const migrations = [createTrials];

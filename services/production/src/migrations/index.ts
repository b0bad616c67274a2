import { createProduction } from './20261122T0900-create-production.ts';

export const migrations = [createProduction];

import { createProduction } from './20261122T0900-create-production.ts';
import { extendProduction } from './20261122T2000-extend-production.ts';

export const migrations = [createProduction, extendProduction];

import { createGateway } from './20261122T2000-create-gateway.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';

export const migrations = [createGateway, analyzeTables];

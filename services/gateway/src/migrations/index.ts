import { createGateway } from './20261122T2000-create-gateway.ts';

export const migrations = [createGateway];

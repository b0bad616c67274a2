import { createMoneyLeaks } from './20261122T0900-create-money-leaks.ts';

export const migrations = [createMoneyLeaks];

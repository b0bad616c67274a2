import { createConnect } from './20261130T1900-create-connect.ts';

export const migrations = [createConnect];

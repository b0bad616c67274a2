import { getById } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Mapping } from './mapping.table.ts';

export const getMapping = getById(contracts.getMapping, Mapping, 'mapping');

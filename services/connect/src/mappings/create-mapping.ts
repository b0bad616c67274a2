import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow, getRow } from '@plantops/persistence';
import { Connection } from '../connections/connection.table.ts';
import { limitMappings } from '../connections/limits.ts';
import { checkMapping } from './check-mapping.rules.ts';
import { Mapping } from './mapping.table.ts';

export const createMapping = command(contracts.createMapping, () => async (input, work) => {
  checkMapping(input);
  const { tx } = work;
  await Promise.all([getRow(tx, Connection, input.connection_id), limitMappings(tx, input.connection_id)]);
  return addRow(work, Mapping, input, contracts.mappingCreated);
});

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { checkMapping } from './check-mapping.rules.ts';
import { Mapping } from './mapping.table.ts';

export const updateMapping = command(
  contracts.updateMapping,
  () =>
    async ({ id, ...changes }, work) =>
      changeRow(work, Mapping, id, contracts.mappingUpdated, (mapping) => {
        checkMapping({ ...mapping, ...changes });
        return changes;
      }),
);

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { voidStop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';

export const voidDowntime = command(
  contracts.voidDowntime,
  () =>
    ({ id, reason }, work) =>
      changeRow(work, Downtime, id, contracts.downtimeVoided, (row) => voidStop(row, reason, work.at)),
);

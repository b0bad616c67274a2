import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { rememberDecision } from '../states/remember-person.ts';
import { voidStop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';

export const voidDowntime = command(
  contracts.voidDowntime,
  () =>
    ({ id, reason }, work) =>
      changeRow(work, Downtime, id, contracts.downtimeVoided, async (row) => {
        const changes = voidStop(row, reason, work.at);
        await rememberDecision(work.tx, { row, changes });
        return changes;
      }),
);

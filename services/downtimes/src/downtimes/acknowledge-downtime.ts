import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { rememberWord } from '../states/remember-person.ts';
import { acknowledge } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';

export const acknowledgeDowntime = command(
  contracts.acknowledgeDowntime,
  () =>
    ({ id, acknowledged_at, acknowledged_by }, work) =>
      changeRow(work, Downtime, id, contracts.downtimeAcknowledged, async (row) => {
        const said = {
          acknowledged_at: acknowledged_at ?? work.at,
          acknowledged_by: acknowledged_by ?? work.call.actor,
        };
        const changes = acknowledge(row, said, work.at);
        await rememberWord(work.tx, said, { row, changes, at: work.at });
        return changes;
      }),
);

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { fixTime } from '../states/remember-person.ts';
import { lookForSilenceOf } from '../silence/watch-silence.ts';
import { voidStop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { lockLineOf } from './refuse-overlap.ts';

export const voidDowntime = command(contracts.voidDowntime, () => async ({ id, reason }, work) => {
  const [, voided] = await Promise.all([
    // Before the row, in the order in which stops are derived.
    lockLineOf(work.tx, id),
    changeRow(work, Downtime, id, contracts.downtimeVoided, async (row) => {
      const changes = voidStop(row, reason, work.at);
      await Promise.all([fixTime(work.tx, row, work.at), lookForSilenceOf(work.tx, id, work.at)]);
      return changes;
    }),
  ]);
  return voided;
});

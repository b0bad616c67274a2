import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow, lockRow } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { split } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { knownOf } from './known-of.ts';
import { lockLine } from './refuse-overlap.ts';
import { changeStop, recordStop } from './save-downtime.ts';

export const splitDowntime = command(contracts.splitDowntime, ({ line }: Deps) => async ({ id, ...sent }, work) => {
  const { tx, call, at } = work;
  const { line_id } = await getRow(tx, Downtime, id);
  const ofLine = await line(line_id, work);
  await lockLine(tx, line_id);
  const row = await lockRow(tx, Downtime, id, call.expectedVersion);
  const { first, second } = split(row, sent, await knownOf(tx, ofLine, row, sent.reason_code), at);
  const kept = await changeStop(tx, row, first, contracts.downtimeAmended, call, at);
  return { items: [kept, await recordStop(tx, second, call, at)] };
});

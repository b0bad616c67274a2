import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { lockRow } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { split } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { reasonsAndParts } from './known-of.ts';
import { lockLineOf } from './refuse-overlap.ts';
import { fixSplit, fixTime } from '../states/remember-person.ts';
import { changeStop, recordStop } from './save-downtime.ts';

export const splitDowntime = command(contracts.splitDowntime, ({ line }: Deps) => async ({ id, ...sent }, work) => {
  const { tx, call, at } = work;
  const [, row] = await Promise.all([lockLineOf(tx, id), lockRow(tx, Downtime, id, call.expectedVersion)]);
  const [{ versions }, known] = await Promise.all([
    line(row.line_id, work),
    reasonsAndParts(tx, row, sent.reason_code),
  ]);
  const { first, second } = split(row, sent, { ...known, versions }, at);
  const kept = await changeStop(tx, row, first, contracts.downtimeAmended, call, at);
  const added = await recordStop(tx, second, call, at);
  await Promise.all([fixTime(tx, row, at), fixSplit(tx, row, added)]);
  return { items: [kept, added] };
});

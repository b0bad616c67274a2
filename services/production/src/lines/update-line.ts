import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { announceRow, lockRow, updateRow } from '@plantops/persistence';
import { noteCounters } from '../counters/correct-counters.ts';
import { changeLine, countersChangeFrom } from './line.rules.ts';
import { Line } from './line.table.ts';

export const updateLine = command(contracts.updateLine, () => async ({ id, ...change }, work) => {
  const { tx, call, at } = work;
  const line = await lockRow(tx, Line, id, call.expectedVersion);
  const changed = await updateRow(tx, Line, line, changeLine(line, change, at), call, at);
  const since = countersChangeFrom(line.versions, changed.versions);
  if (since !== undefined) await noteCounters(tx, id, since, call.actor);
  return announceRow(work, changed, contracts.lineUpdated);
});

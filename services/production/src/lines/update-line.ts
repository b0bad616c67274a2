import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { changeLine } from './line.rules.ts';
import { Line } from './line.table.ts';

export const updateLine = command(
  contracts.updateLine,
  () =>
    ({ id, ...change }, work) =>
      changeRow(work, Line, id, contracts.lineUpdated, (line) => changeLine(line, change, work.at)),
);

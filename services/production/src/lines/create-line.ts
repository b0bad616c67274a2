import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { firstVersion } from './line.rules.ts';
import { Line } from './line.table.ts';

export const createLine = command(contracts.createLine, () => (input, work) => {
  return addRow(work, Line, { ...input, versions: [firstVersion(input)] }, contracts.lineCreated);
});

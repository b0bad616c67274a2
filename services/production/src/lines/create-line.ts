import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { Line } from './line.table.ts';

export const createLine = command(contracts.createLine, () => (input, work) => {
  const { hourly_cost, ideal_cycle_seconds, micro_stop_seconds } = input;
  const versions = [{ valid_from: null, hourly_cost, ideal_cycle_seconds, micro_stop_seconds }];
  return addRow(work, Line, { ...input, versions }, contracts.lineCreated);
});

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { notAhead, Problem } from '@plantops/contracts';
import { addRow, findRow } from '@plantops/persistence';
import { Batch } from '../batches/batch.table.ts';
import { ScrapEvent } from './scrap-event.table.ts';

export const logScrap = command(contracts.logScrap, () => async (input, work) => {
  const at = input.at ?? work.at;
  notAhead('at', at, work.at);
  const batch = input.batch_id === null ? undefined : await findRow(work.tx, Batch, input.batch_id);
  if (input.batch_id !== null && batch?.line_id !== input.line_id)
    throw Problem.field('batch_id', 'names no batch of this line');
  const scrap = {
    ...input,
    at,
    product_id: input.product_id ?? batch?.product_id ?? null,
    batch_number: batch?.batch_number ?? null,
    voided_at: null,
    void_reason: null,
  };
  return addRow(work, ScrapEvent, scrap, contracts.scrapLogged);
});

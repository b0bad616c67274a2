import { notAhead, Problem, scrapLogged, type BatchRow, type logScrap as contract, type ScrapRow } from '@plantops/contracts';
import { announce, announcement, runCommand, findRow, insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { Batch } from '../batches/batch.entity.ts';
import type { Deps } from '../deps.ts';
import { ScrapEvent } from './scrap-event.entity.ts';

export const logScrap =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<ScrapRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      notAhead('at', input.at ?? at, at);
      const batch = input.batch_id === null ? undefined : await findRow<BatchRow>(tx, Batch, input.batch_id);
      if (input.batch_id !== null && batch?.line_id !== input.line_id) throw Problem.field('batch_id', 'names no batch of this line');
      const scrap = await insertRow<ScrapRow>(
        tx,
        ScrapEvent,
        {
          ...input,
          at: input.at ?? at,
          product_id: input.product_id ?? batch?.product_id ?? null,
          batch_number: batch?.batch_number ?? null,
          voided_at: null,
          void_reason: null,
        },
        call,
        at,
      );
      await announce(tx, [announcement(scrapLogged, scrap, scrap.id)], call, at);
      return scrap;
    });

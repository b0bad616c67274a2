import { Problem, scrapVoided, type ScrapRow, type voidScrap as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ScrapEvent } from './scrap-event.entity.ts';

export const voidScrap =
  ({ database, now }: Deps) =>
  ({ id, reason }: z.infer<typeof contract.input>, call: Call): Promise<ScrapRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const scrap = await lockRow<ScrapRow>(tx, ScrapEvent, id, call.expectedVersion);
      if (scrap.voided_at !== null) throw new Problem('illegal_transition', `it was voided at ${scrap.voided_at} already`);
      const voided = await updateRow(tx, ScrapEvent, scrap, { voided_at: at, void_reason: reason }, call, at);
      await announce(tx, [announcement(scrapVoided, voided, id)], call, at);
      return voided;
    });

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { ScrapEvent } from './scrap-event.table.ts';
import * as rules from './scrap.rules.ts';

export const voidScrap = command(
  contracts.voidScrap,
  () =>
    ({ id, reason }, work) =>
      changeRow(work, ScrapEvent, id, contracts.scrapVoided, (scrap) => rules.voidScrap(scrap, reason, work.at)),
);

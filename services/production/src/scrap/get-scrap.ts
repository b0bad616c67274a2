import type { ScrapRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { ScrapEvent } from './scrap-event.entity.ts';

export const getScrap =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<ScrapRow> =>
    database.transact(call.tenant, (tx) => getRow<ScrapRow>(tx, ScrapEvent, id));

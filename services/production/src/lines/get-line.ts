import type { LineRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Line } from './line.entity.ts';

export const getLine =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<LineRow> =>
    database.transact(call.tenant, (tx) => getRow<LineRow>(tx, Line, id));

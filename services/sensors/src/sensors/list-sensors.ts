import type { listSensors as contract, SensorView } from '@plantops/contracts';
import { linesOfPlant, listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { VIEW, VIEW_FROM } from './view.ts';

export const listSensors =
  ({ database }: Deps) =>
  ({ line_id, plant_id, code, kind, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, async (tx) =>
      listPage<SensorView>(
        tx,
        VIEW_FROM,
        [
          ['t.line_id = ?', line_id],
          ['t.line_id = any(?::uuid[])', await linesOfPlant(tx, plant_id)],
          ['t.code = ?', code],
          ['t.kind = ?', kind],
        ],
        page,
        VIEW,
      ),
    );

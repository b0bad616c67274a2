import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { linesOfPlant, listPage } from '@plantops/persistence';
import { SensorView } from './sensor-view.ts';

export const listSensors = query(
  contracts.listSensors,
  () =>
    async ({ line_id, plant_id, code, kind, ...page }, { tx }) =>
      listPage(
        tx,
        SensorView,
        [
          ['t.line_id = ?', line_id],
          ['t.line_id = any(?::uuid[])', await linesOfPlant(tx, plant_id)],
          ['t.code = ?', code],
          ['t.kind = ?', kind],
        ],
        page,
      ),
);

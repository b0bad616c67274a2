import { batchCheck, dataService, masterLookup, on } from '@plantops/backbone';
import { getBatch, getLine, getPlant } from '@plantops/contracts';
import { serviceCall } from '@plantops/service-kit';
import { copiedBatch } from './batches/copied-batch.ts';
import { onBatches } from './batches/on-batches.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { acknowledgeDowntime } from './downtimes/acknowledge-downtime.ts';
import { amendDowntime } from './downtimes/amend-downtime.ts';
import { endDowntime } from './downtimes/end-downtime.ts';
import { getDowntime } from './downtimes/get-downtime.ts';
import { listDowntimes } from './downtimes/list-downtimes.ts';
import { onMoneyLeaks } from './downtimes/on-money-leaks.ts';
import { splitDowntime } from './downtimes/split-downtime.ts';
import { startDowntime } from './downtimes/start-downtime.ts';
import { voidDowntime } from './downtimes/void-downtime.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { lineEventHandler } from './line-events/line-event-handler.ts';
import { onConnections } from './line-events/on-connections.ts';
import { onLines } from './line-events/on-lines.ts';
import { onPlants } from './line-events/on-plants.ts';
import { onSettings } from './line-events/on-settings.ts';
import { listReasons } from './reasons/list-reasons.ts';
import { setReasons } from './reasons/set-reasons.ts';
import { deriveDueSilences } from './silence/derive-due-silences.ts';
import { deriveDue } from './states/derive-due.ts';

const TWO_SECONDS_MS = 2_000;

export const start = dataService<Deps>('downtimes', {
  tables,
  deps: ({ bus, ...base }) => ({
    ...base,
    line: masterLookup('line', (id, call) => bus.call(getLine, { id }, call)),
    batch: batchCheck((id, call) => bus.call(getBatch, { id }, call), copiedBatch),
    plant: (tenant, id) => bus.call(getPlant, { id }, serviceCall('downtimes', tenant)),
  }),
  operations: [
    startDowntime,
    acknowledgeDowntime,
    endDowntime,
    amendDowntime,
    voidDowntime,
    splitDowntime,
    getDowntime,
    listDowntimes,
    listReasons,
    setReasons,
    getRows,
    getFigures,
  ],
  lineEvents: lineEventHandler,
  jobs: [
    { name: 'departures', everyMs: TWO_SECONDS_MS, run: ({ database, now }) => deriveDue(database, now()) },
    {
      name: 'silences',
      everyMs: TWO_SECONDS_MS,
      run: ({ database, plant, now }) => deriveDueSilences(database, plant, now()),
    },
  ],
  reactions: [
    on('plant', onPlants),
    on('line', onLines),
    on('settings', onSettings),
    on('batch', onBatches),
    on('connection', onConnections),
    on('money_leak', () => onMoneyLeaks),
  ],
});

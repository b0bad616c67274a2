/** The data of each type of event, as the plant of the examples announces it. */
import * as downtimes from './downtimes.ts';
import * as masterData from './master-data.ts';
import * as moneyLeaks from './money-leaks.ts';
import * as production from './production.ts';
import * as connect from './connect.ts';
import * as sensors from './sensors.ts';
import { onTheDay, sampleId } from './step.ts';
import * as trials from './trials.ts';
import type { MoneyLeakRow } from '../../operations/money-leaks.ts';

const {
  action_taken: _taken,
  version: _version,
  updated_at: _updatedAt,
  updated_by: _updatedBy,
  ...posting
} = moneyLeaks.newLeak;
const reversal: MoneyLeakRow = {
  ...posting,
  id: sampleId(41),
  category: 'downtime_loss',
  amount_usd: -240,
  quantity: null,
  unit_cost: null,
  time_minutes: 30,
  hourly_cost: 480,
  occurred_from: onTheDay('12:40'),
  occurred_to: onTheDay('13:10'),
  description: null,
  source_type: 'downtime',
  source_id: downtimes.downtime.id,
  cause_event_id: sampleId(42),
  rule: 'stop',
  reverses_id: sampleId(43),
};
const { id, line_id, code, name, unit } = sensors.sensor;
const crossing = { id, line_id, code, name, unit, side: 'high', limit: 7.5 };

export const eventExamples: Readonly<Record<string, unknown>> = {
  'settings.changed': masterData.settings,
  'plant.created': masterData.newPlant,
  'plant.updated': masterData.plant,
  'line.created': masterData.newLine,
  'line.updated': masterData.line,
  'product.created': masterData.newProduct,
  'product.updated': masterData.product,
  'reason.created': downtimes.beltReason,
  'reason.updated': { ...downtimes.beltReason, version: 2, is_active: false },
  'batch.planned': production.plannedBatch,
  'batch.amended': production.amendedBatch,
  'batch.started': production.runningBatch,
  'batch.paused': production.pausedBatch,
  'batch.resumed': production.resumedBatch,
  'batch.completed': production.batch,
  'batch.cancelled': production.cancelledBatch,
  'count.logged': production.count,
  'count.amended': {
    ...production.count,
    version: 2,
    good: 2_400,
    given_good: 100,
    given_reject: 0,
    given_unit: 'crate',
    reject: 0,
  },
  'count.voided': production.voidedCount,
  'scrap.logged': production.scrap,
  'scrap.amended': { ...production.scrap, version: 2, quantity: 24, given_quantity: 1, given_unit: 'crate' },
  'scrap.voided': production.voidedScrap,
  'downtime.started': downtimes.openDowntime,
  'downtime.acknowledged': downtimes.acknowledgedDowntime,
  'downtime.ended': downtimes.endedDowntime,
  'downtime.amended': downtimes.downtime,
  'downtime.voided': downtimes.voidedDowntime,
  'state.changed': {
    id: sampleId(26),
    line_id: masterData.line.id,
    at: onTheDay('12:40'),
    state: 'stopped',
    reason_code: 'E17',
  },
  'trial.planned': trials.plannedTrial,
  'trial.updated': trials.updatedTrial,
  'trial.started': trials.runningTrial,
  'trial.completed': trials.trial,
  'trial.cancelled': trials.cancelledTrial,
  'money_leak.recorded': posting,
  'money_leak.reversed': reversal,
  'sensor.created': sensors.newSensor,
  'sensor.updated': sensors.sensor,
  'sensor.limit_breached': { ...crossing, value: 8.1, at: onTheDay('11:20') },
  'sensor.limit_cleared': { ...crossing, value: 6.9, at: onTheDay('11:30') },
  'connection.created': connect.newConnection,
  'connection.updated': connect.connection,
  'mapping.created': connect.newMapping,
  'mapping.updated': connect.mapping,
  'connection.lost': connect.deviceIsAway,
  'connection.found': { ...connect.deviceIsAway, at: onTheDay('12:50'), reason: 'DBIRTH' },
};

/** The stop of the morning: half an hour, of which twenty minutes were the belt and ten minutes a missing operator. */
import {
  acknowledgeDowntime,
  amendDowntime,
  endDowntime,
  getDowntime,
  listDowntimes,
  listReasons,
  setReasons,
  splitDowntime,
  startDowntime,
  voidDowntime,
  type DowntimeRow,
  type ReasonRow,
} from '../../operations/downtimes.ts';
import { line } from './master-data.ts';
import { AFTERWARDS, onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';

// ---- the reason tree
const mechanical: ReasonRow = {
  ...stamps,
  id: sampleId(20),
  code: 'MECH',
  name: 'Mechanical',
  category: 'mechanical',
  parent_code: null,
  is_planned: false,
  is_failure: true,
  is_excluded: false,
  is_unavoidable: false,
  is_active: true,
};
export const beltReason: ReasonRow = {
  ...mechanical,
  id: sampleId(21),
  code: 'MECH-BELT',
  name: 'Infeed belt',
  parent_code: 'MECH',
};

export const reasonSteps: readonly Step[] = [
  step(
    setReasons,
    'The reasons of stops',
    {
      items: [
        { code: 'MECH', name: 'Mechanical', category: 'mechanical' },
        { code: 'MECH-BELT', name: 'Infeed belt', category: 'mechanical', parent_code: 'MECH' },
      ],
    },
    { items: [mechanical, beltReason] },
  ),
  step(listReasons, 'A reason, found by its code', { code: 'MECH-BELT' }, wholeList(beltReason)),
];

// ---- the stop
export const openDowntime: DowntimeRow = {
  ...stamps,
  id: sampleId(22),
  line_id: line.id,
  batch_id: null,
  batch_number: null,
  start_time: onTheDay('12:40'),
  end_time: null,
  duration_minutes: null,
  status: 'open',
  reason_category: 'mechanical',
  reason_code: 'MECH-BELT',
  description: 'Bottles jam',
  root_cause: null,
  resolution: null,
  is_planned: false,
  is_micro_stop: false,
  phase: 'production',
  units_lost: null,
  reported_by: 'Mara',
  acknowledged_by: null,
  acknowledged_at: null,
  resolved_by: null,
  response_time_minutes: null,
  source: 'manual',
  external_id: null,
  is_overlapping: false,
  origin_id: null,
  reason_source: null,
  is_end_assumed: false,
  is_excluded: false,
  is_failure: true,
  is_unavoidable: false,
  voided_at: null,
  void_reason: null,
};
export const acknowledgedDowntime: DowntimeRow = {
  ...openDowntime,
  version: 2,
  acknowledged_by: 'Jonas',
  acknowledged_at: onTheDay('12:44'),
  response_time_minutes: 4,
};
export const endedDowntime: DowntimeRow = {
  ...acknowledgedDowntime,
  version: 3,
  status: 'ended',
  end_time: onTheDay('13:10'),
  duration_minutes: 30,
  root_cause: 'Worn guide rail',
  resolution: 'Rail replaced',
  resolved_by: 'Jonas',
};
export const amendedDowntime: DowntimeRow = {
  ...endedDowntime,
  version: 4,
  description: 'Bottles jam at the infeed guide',
};
export const downtime: DowntimeRow = {
  ...amendedDowntime,
  version: 5,
  end_time: onTheDay('13:00'),
  duration_minutes: 20,
  origin_id: openDowntime.id,
  reason_source: null,
  is_end_assumed: false,
};
/** A stop that was reported with its end, without details. */
const endedAtOnce: DowntimeRow = {
  ...openDowntime,
  status: 'ended',
  description: null,
  reason_code: null,
  is_failure: false,
};
export const secondPart: DowntimeRow = {
  ...endedAtOnce,
  id: sampleId(23),
  start_time: onTheDay('13:00'),
  end_time: onTheDay('13:10'),
  duration_minutes: 10,
  reason_category: 'no_operator',
  description: 'Nobody at hand to start it again',
  resolved_by: 'Jonas',
  origin_id: openDowntime.id,
  reason_source: null,
  is_end_assumed: false,
};
const mistake: DowntimeRow = {
  ...endedAtOnce,
  id: sampleId(24),
  start_time: onTheDay('14:00'),
  end_time: onTheDay('14:10'),
  duration_minutes: 10,
  reason_category: 'cleaning',
};
export const voidedDowntime: DowntimeRow = {
  ...mistake,
  version: 2,
  voided_at: AFTERWARDS,
  void_reason: 'It was the other line',
};

export const downtimeSteps: readonly Step[] = [
  step(
    startDowntime,
    'The line stands still',
    {
      line_id: line.id,
      start_time: onTheDay('12:40'),
      reason_category: 'mechanical',
      reason_code: 'MECH-BELT',
      description: 'Bottles jam',
      reported_by: 'Mara',
    },
    openDowntime,
  ),
  step(
    acknowledgeDowntime,
    'The stop is acknowledged',
    { id: downtime.id, acknowledged_at: onTheDay('12:44'), acknowledged_by: 'Jonas' },
    acknowledgedDowntime,
  ),
  step(
    endDowntime,
    'It runs again',
    {
      id: downtime.id,
      end_time: onTheDay('13:10'),
      root_cause: 'Worn guide rail',
      resolution: 'Rail replaced',
      resolved_by: 'Jonas',
    },
    endedDowntime,
  ),
  step(
    amendDowntime,
    'The description is made clearer afterwards',
    { id: downtime.id, description: 'Bottles jam at the infeed guide' },
    amendedDowntime,
  ),
  step(
    splitDowntime,
    'The last ten minutes were not the belt',
    {
      id: downtime.id,
      at: onTheDay('13:00'),
      reason_category: 'no_operator',
      reason_code: null,
      description: 'Nobody at hand to start it again',
    },
    { items: [downtime, secondPart] },
  ),
  step(getDowntime, 'The stop, with what it has cost', { id: downtime.id }, { ...downtime, cost_impact: 160 }),
  step(
    listDowntimes,
    'The stops of the line, the newest first',
    { line_id: line.id },
    wholeList({ ...secondPart, cost_impact: 80 }, { ...downtime, cost_impact: 160 }),
  ),
  step(
    startDowntime,
    'A stop is reported after the fact, with its end',
    {
      line_id: line.id,
      start_time: onTheDay('14:00'),
      end_time: onTheDay('14:10'),
      reason_category: 'cleaning',
      reported_by: 'Mara',
    },
    mistake,
  ),
  step(
    voidDowntime,
    'It was the other line: it is voided',
    { id: voidedDowntime.id, reason: 'It was the other line' },
    voidedDowntime,
  ),
];

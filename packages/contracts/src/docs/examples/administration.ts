/** API keys, rejections, dead letters, the history and the dashboard. */
import { createApiKey, listApiKeys, revokeApiKey, type ApiKeyRow } from '../../operations/api-keys.ts';
import { deadLetters, type DeadLetterRow } from '../../operations/dead-letters.ts';
import { line, plant } from './master-data.ts';
import { AFTERWARDS, onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import { histories } from '../../operations/history.ts';
import { getOverview } from '../../operations/overview.ts';
import { rejectionsOf, type RejectionRow } from '../../operations/rejections.ts';
import { waitingOf, type WaitingRow } from '../../operations/waiting.ts';

// ---- API keys
const key: ApiKeyRow = {
  ...stamps,
  id: sampleId(60),
  name: 'Packaging MES',
  role: 'operator',
  key_prefix: 'po_4f9c',
  expires_at: '2036-03-01T00:00:00.000Z',
  last_used_at: null,
  revoked_at: null,
};
const keySteps = [
  step(
    createApiKey,
    'A program gets a key',
    { name: 'Packaging MES', role: 'operator', expires_at: '2036-03-01T00:00:00Z' },
    { ...key, key: 'po_4f9c2d7e8b1a4c6f90d3e5a7b2c4d6e8' },
    { varies: ['key', 'key_prefix'] },
  ),
  step(listApiKeys, 'The keys that are good', { is_active: true }, wholeList(key), { varies: ['key_prefix'] }),
  step(
    revokeApiKey,
    'The key is revoked',
    { id: key.id },
    { ...key, version: 2, revoked_at: AFTERWARDS },
    { varies: ['key_prefix'] },
  ),
];

// ---- rejections, dead letters, history
export const rejection: RejectionRow = {
  id: sampleId(61),
  tenant_id: 'akron',
  service: 'downtimes',
  line_code: 'FILL-1',
  kind: 'downtime.ended',
  event_id: 'fill-1-0043',
  reason: 'end_time: must be after start_time',
  body: '{"id":"fill-1-0043","start_time":"2026-03-02T13:10:00Z","end_time":"2026-03-02T12:40:00Z"}',
  rejected_at: AFTERWARDS,
  times: 1,
  last_rejected_at: AFTERWARDS,
};
const waitingEvent: WaitingRow = {
  id: sampleId(64),
  tenant_id: 'akron',
  service: 'production',
  line_code: 'FILL-1',
  kind: 'count',
  event_id: 'fill-1-0044',
  reason: 'too_old',
  waits_for: 'too_old',
  since: AFTERWARDS,
  happened_at: '2001-01-01T00:00:05.000Z',
  body: '{"id": "fill-1-0044", "at": "2001-01-01T00:00:05.000Z", "good": 12}',
};
const deadLetter: DeadLetterRow = {
  id: sampleId(62),
  tenant_id: 'akron',
  service: 'money-leaks',
  stream: 'EVENTS',
  stream_seq: 4711,
  message_subject: 'plantops.events.akron.count.logged',
  payload: '{"specversion":"1.0","type":"count.logged"}',
  reason: 'TypeError: data is missing',
  parked_at: AFTERWARDS,
  replayed_at: null,
  replayed_by: null,
};
const letters = [...deadLetters.values()];
const [lettersOf] = letters;
const [historyOf] = histories.values();

const troubleSteps = (): Step[] => {
  if (lettersOf === undefined || historyOf === undefined)
    throw new Error('no service stores dead letters or a history');
  return [
    step(rejectionsOf('production'), 'Line events that could not be applied', {}, wholeList(rejection), {
      varies: true,
    }),
    step(waitingOf('production').list, 'Line events that wait', { reason: 'too_old' }, wholeList(waitingEvent), {
      varies: true,
    }),
    step(
      waitingOf('production').release,
      'One of them is released',
      { id: waitingEvent.id },
      { ...waitingEvent, outcome: 'applied', detail: null },
      { varies: true, notRun: 'nothing waits in this plant' },
    ),
    step(
      waitingOf('production').releaseAll,
      'All that are too old are released',
      { line_code: line.code, reason: 'too_old' },
      { released: 0, waiting: 0 },
    ),
    step(
      waitingOf('production').discard,
      'One of them is discarded',
      { id: waitingEvent.id, reason: 'The clock of the line was reset' },
      waitingEvent,
      { varies: true, notRun: 'nothing waits in this plant' },
    ),
    step(lettersOf.list, 'Dead letters', { is_replayed: false }, wholeList(deadLetter), { varies: true }),
    step(
      lettersOf.replay,
      'One of them is replayed',
      { id: deadLetter.id },
      { ...deadLetter, replayed_at: AFTERWARDS, replayed_by: 'admin@akron' },
      { varies: true, notRun: 'a plant that works has no dead letters' },
    ),
    step(
      historyOf,
      'The last change of the line',
      { resource: 'lines', id: line.id, limit: 1 },
      {
        items: [
          {
            id: sampleId(63),
            time: AFTERWARDS,
            type: 'line.updated',
            actor: 'admin@akron',
            version: 2,
            trace_id: '0af7651916cd43dd8448eb211c80319c',
            changes: [{ field: 'hourly_cost', before: 450, after: 480 }],
          },
        ],
        next_cursor: 'WyItdGltZSIsIjIwMjYtMDMtMDJUMjA6MDA6MDAuMDAwWiIsIjAxOTkiXQ',
        total: 2,
        total_is_capped: false,
      },
      { varies: ['time', 'actor', 'trace_id', 'changes', 'next_cursor'] },
    ),
  ];
};

// ---- the dashboard
const overviewStep = step(
  getOverview,
  'The dashboard',
  { plant_id: plant.id, period: 'today' },
  {
    kpis: {
      total_lines: 1,
      active_lines: 1,
      running_batches: 0,
      average_oee: 78.3,
      total_scrap_cost_today: 25.2,
      total_downtime_minutes_today: 30,
    },
    money_leaks: {
      total_amount_usd: 474,
      by_category: [
        { category: 'downtime_loss', total: 240, percentage: 51 },
        { category: 'speed_loss', total: 158.4, percentage: 33 },
        { category: 'yield_loss', total: 50.4, percentage: 11 },
        { category: 'scrap_loss', total: 25.2, percentage: 5 },
      ],
      top_lines: [{ line_id: line.id, line_name: line.name, total: 474, percentage: 100 }],
    },
    alerts: [
      {
        id: `downtime:${sampleId(25)}`,
        severity: 'high',
        type: 'downtime',
        title: 'Filler 1 is down',
        message: 'electrical: Drive tripped, for 20 minutes',
        line_id: line.id,
        plant_id: plant.id,
        since: onTheDay('19:40'),
        value: 20,
        threshold: 15,
      },
    ],
    active_trials: 0,
    recent_scrap_events: 1,
    waiting: { total: 2, by_reason: [{ reason: 'unknown_line', count: 2 }] },
    generated_at: AFTERWARDS,
    period: { from: onTheDay('05:00'), to: AFTERWARDS, name: 'today' },
    degraded: [],
  },
  { varies: true },
);

export const administrationSteps: readonly Step[] = [...keySteps, ...troubleSteps(), overviewStep];

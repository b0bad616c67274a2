/** What the systems of the line publish that morning, one message of each kind. */
import type { z } from 'zod';
import { rejection } from './administration.ts';
import { sampleId } from './step.ts';
import type { IngestKind, ingestKinds } from '../../line-events.ts';
import type { readingsBody } from '../../operations/sensors.ts';

const source = 'filler-plc';

export const ingestExamples: { readonly [K in IngestKind]: z.input<(typeof ingestKinds)[K]['body']> } = {
  state: { id: 'fill-1-0040', source, seq: 40, at: '2026-03-02T12:40:00Z', state: 'stopped', reason_code: 'E17' },
  'downtime.started': {
    id: 'fill-1-0041',
    source,
    seq: 41,
    downtime_ref: 'stop-17',
    at: '2026-03-02T12:40:00Z',
    reason_category: 'mechanical',
    reason_code: 'MECH-BELT',
    batch_number: 'B-1001',
  },
  'downtime.ended': {
    id: 'fill-1-0042',
    source,
    seq: 42,
    downtime_ref: 'stop-17',
    end_time: '2026-03-02T13:10:00Z',
    root_cause: 'Worn guide rail',
    resolution: 'Rail replaced',
  },
  count: {
    id: 'fill-1-0031',
    source,
    seq: 31,
    at: '2026-03-02T12:00:00Z',
    good: 2_600,
    reject: 20,
    batch_number: 'B-1001',
  },
  counter: { id: 'fill-1-0032', source, seq: 32, at: '2026-03-02T12:05:00Z', total: 184_020, batch_number: 'B-1001' },
  scrap: {
    id: 'fill-1-0033',
    source,
    seq: 33,
    at: '2026-03-02T12:10:00Z',
    quantity: 15,
    reason_code: 'LABEL',
    reason_category: 'labelling',
    disposition: 'scrap',
    batch_number: 'B-1001',
  },
  'batch.started': {
    id: 'fill-1-0030',
    source,
    seq: 30,
    batch_number: 'B-1001',
    at: '2026-03-02T11:05:00Z',
    product_code: 'COLA-05',
    planned_quantity: 10_000,
    operator: 'Mara',
  },
  'batch.paused': { id: 'fill-1-0052', source, seq: 52, batch_number: 'B-1001', at: '2026-03-02T14:30:00Z' },
  'batch.resumed': { id: 'fill-1-0053', source, seq: 53, batch_number: 'B-1001', at: '2026-03-02T14:30:00Z' },
  'batch.completed': {
    id: 'fill-1-0060',
    source,
    seq: 60,
    batch_number: 'B-1001',
    at: '2026-03-02T15:00:00Z',
    good_count: 9_200,
    scrap_count: 60,
  },
};

export const readingsExamples: readonly z.input<typeof readingsBody>[] = [
  { at: '2026-03-02T11:10:00Z', value: 5.2, source, seq: 7 },
  {
    readings: [
      { at: '2026-03-02T11:20:00Z', value: 8.1 },
      { at: '2026-03-02T11:30:00Z', value: 6.9, quality: 'good' },
    ],
    source,
    seq: 8,
  },
];

export const rejectionExample = {
  id: sampleId(61),
  line_code: rejection.line_code,
  kind: rejection.kind,
  event_id: rejection.event_id,
  reason: rejection.reason,
  rejected_at: rejection.rejected_at,
};

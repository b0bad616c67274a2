import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  acknowledgeDowntime,
  downtimeEnded,
  endDowntime,
  getDowntime,
  getLine,
  lineCreated,
  Problem,
  startDowntime,
} from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { aLine, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const line = aLine();
let downtimes: ServiceHarness;

beforeAll(async () => {
  const production = {
    service: 'production',
    answers: [
      answer(getLine, async ({ id }) => {
        if (id === line.id) return line;
        throw new Problem('not_found', `there is no line ${id}`);
      }),
    ],
  } as const;
  downtimes = await ServiceHarness.start('downtimes', start, readConfig, { neighbours: [production] });
});
afterAll(() => downtimes.close());

describe('ending a stop', () => {
  test('a stop on a line that was not announced yet is accepted: its owner is asked', async () => {
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: '2026-03-02T08:00:00Z',
      reason_category: 'mechanical',
    });
    const ended = await downtimes.call(endDowntime, {
      id: stop.id,
      end_time: '2026-03-02T08:20:00Z',
      resolution: 'belt replaced',
    });
    expect(ended).toMatchObject({
      status: 'ended',
      duration_minutes: 20,
      is_micro_stop: false,
      resolution: 'belt replaced',
      version: 2,
    });
    const [event] = await downtimes.announced(downtimeEnded.type);
    expect(event).toMatchObject({ subject: stop.id, tenantid: 'akron', data: ended });
  });

  test("a stop shorter than the line's threshold is a micro-stop", async () => {
    await downtimes.announce(lineCreated, line);
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: '2026-03-02T09:00:00Z',
      end_time: '2026-03-02T09:04:59Z',
    });
    expect(stop).toMatchObject({ status: 'ended', is_micro_stop: true });
  });

  test('an end before its start names the field and changes nothing', async () => {
    const stop = await downtimes.call(startDowntime, { line_id: line.id, start_time: '2026-03-02T10:00:00Z' });
    await expect(downtimes.call(endDowntime, { id: stop.id, end_time: '2026-03-02T09:59:59Z' })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'end_time' }],
    });
    expect(await downtimes.call(getDowntime, { id: stop.id })).toMatchObject({
      status: 'open',
      version: 1,
      cost_impact: 0,
    });
    await downtimes.call(endDowntime, { id: stop.id, end_time: '2026-03-02T10:10:00Z' });
  });

  test('two ends at once: one takes effect, the other gets 409', async () => {
    const stop = await downtimes.call(startDowntime, { line_id: line.id, start_time: '2026-03-02T11:00:00Z' });
    const outcomes = await Promise.allSettled(
      [1, 2].map((minute) => downtimes.call(endDowntime, { id: stop.id, end_time: `2026-03-02T11:0${minute}:00Z` })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'illegal_transition' },
    });
  });

  test('an old version is refused', async () => {
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: '2026-03-02T12:00:00Z',
      end_time: '2026-03-02T12:30:00Z',
    });
    await downtimes.call(
      acknowledgeDowntime,
      { id: stop.id, acknowledged_at: '2026-03-02T12:05:00Z' },
      { expectedVersion: 1 },
    );
    await expect(downtimes.call(acknowledgeDowntime, { id: stop.id }, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'stale_version',
    });
  });

  test('another tenant neither sees nor ends it', async () => {
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: '2026-03-02T13:00:00Z',
      end_time: '2026-03-02T13:30:00Z',
    });
    await expect(downtimes.call(getDowntime, { id: stop.id }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(downtimes.call(endDowntime, { id: stop.id }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('overlapping stops are refused and the other one is named', async () => {
    const stop = await downtimes.call(startDowntime, {
      line_id: line.id,
      start_time: '2026-03-02T14:00:00Z',
      end_time: '2026-03-02T14:30:00Z',
    });
    await expect(
      downtimes.call(startDowntime, { line_id: line.id, start_time: '2026-03-02T14:29:59Z' }),
    ).rejects.toThrow(stop.id);
    await expect(
      downtimes.call(startDowntime, {
        line_id: line.id,
        start_time: '2026-03-02T14:30:00Z',
        end_time: '2026-03-02T14:40:00Z',
      }),
    ).resolves.toMatchObject({ status: 'ended' });
  });

  test('an operator may, a viewer may not', async () => {
    await expect(downtimes.call(startDowntime, { line_id: line.id }, { role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

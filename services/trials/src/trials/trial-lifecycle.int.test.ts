import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cancelTrial,
  completeTrial,
  getBatch,
  getLine,
  getTrial,
  getTrialFigures,
  lineCreated,
  listTrials,
  planTrial,
  Problem,
  startTrial,
  updateTrial,
  type Criterion,
} from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { aBatch, aLine, LINE_ID, PLANT_ID, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let trials: ServiceHarness;
const elsewhere = aLine({ id: rowId(20), code: 'L2', plant_id: rowId(21) });
const ownBatch = aBatch({ id: rowId(30), line_id: LINE_ID });
const otherBatch = aBatch({ id: rowId(31), line_id: elsewhere.id });
const year = new Date().getUTCFullYear();

beforeAll(async () => {
  const unknown = answer(getLine, async ({ id }) =>
    id === elsewhere.id ? elsewhere : Promise.reject(new Problem('not_found', 'no such line')),
  );
  const batches = answer(getBatch, async ({ id }) => {
    const found = [ownBatch, otherBatch].find((batch) => batch.id === id);
    return found ?? Promise.reject(new Problem('not_found', 'no such batch'));
  });
  const neighbours = [{ service: 'production', answers: [unknown, batches] }] as const;
  trials = await ServiceHarness.start('trials', start, readConfig, { neighbours });
  await trials.announce(lineCreated, aLine());
  await trials.settled();
});
afterAll(() => trials.close());

const plan = (fields: object = {}) => trials.call(planTrial, { name: 'Slower is faster', line_id: LINE_ID, ...fields });
const running = async (fields: object = {}) => trials.call(startTrial, { id: (await plan(fields)).id });
const criteria: Criterion[] = [
  { metric: 'oee', operator: '>=', target: 80 },
  { metric: 'scrap', operator: '<', target: 2 },
];

describe('the number of a trial', () => {
  test('counts from 1 in a year without gaps or duplicates, with many planned at once, separately for each tenant', async () => {
    const before = (await trials.call(listTrials, {})).total;
    const planned = await Promise.all(Array.from({ length: 25 }, () => plan()));
    const numbers = planned.map(({ trial_number }) => trial_number).sort();
    expect(numbers).toEqual(numbers.map((_, index) => `T-${year}-${String(before + index + 1).padStart(4, '0')}`));
    await trials.announce(lineCreated, aLine({ tenant_id: 'globex' }), 'globex');
    await trials.settled();
    expect(await trials.call(planTrial, { name: 'x', line_id: LINE_ID }, { tenant: 'globex' })).toMatchObject({
      trial_number: `T-${year}-0001`,
    });
  });

  test('is not used up by a plan that is refused', async () => {
    const next = async () => Number((await plan()).trial_number.slice(-4));
    const number = await next();
    const wrong = plan({ planned_start: '2026-03-02T08:00:00Z', planned_end: '2026-03-02T07:00:00Z' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'planned_end' }] });
    await expect(plan({ line_id: rowId(99) })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'line_id' }],
    });
    expect(await next()).toBe(number + 1);
  });
});

describe('the life of a trial', () => {
  test('planned, started, completed: each step is announced with the whole row', async () => {
    const trial = await plan({
      hypothesis: 'less speed, fewer stops',
      parameters: { speed: 0.9 },
      success_criteria: criteria,
    });
    expect(trial).toMatchObject({
      status: 'planned',
      plant_id: PLANT_ID,
      parameters: { speed: 0.9 },
      was_successful: null,
      suggested_by_ai: false,
    });
    await trials.call(startTrial, { id: trial.id });
    const completed = await trials.call(completeTrial, {
      id: trial.id,
      results: { oee: 84, scrap: 1 },
      learnings: 'it is',
    });
    expect(completed).toMatchObject({ status: 'completed', was_successful: true, learnings: 'it is', version: 3 });
    const events = (await trials.announced()).filter(({ subject }) => subject === trial.id);
    expect(events.map(({ type }) => type)).toEqual(['trial.planned', 'trial.started', 'trial.completed']);
    expect(events.at(-1)?.data).toEqual(completed);
    expect(await trials.call(getTrial, { id: trial.id })).toEqual(completed);
  });

  test.each([
    [{ oee: 84, scrap: 1 }, undefined, true],
    [{ oee: 84, scrap: 2 }, undefined, false],
    [{ oee: 84 }, undefined, null],
    [{ oee: 84, scrap: 2 }, true, true],
  ])('results %p judged by its criteria, unless somebody says %p: %p', async (results, was_successful, expected) => {
    const { id } = await running({ success_criteria: criteria });
    const verdict = was_successful === undefined ? {} : { was_successful };
    expect(await trials.call(completeTrial, { id, results, ...verdict })).toMatchObject({ was_successful: expected });
  });

  test('cancelled with a reason, while planned or running, not after', async () => {
    for (const { id } of [await plan(), await running()])
      expect(await trials.call(cancelTrial, { id, reason: 'no material' })).toMatchObject({
        status: 'cancelled',
        cancellation_reason: 'no material',
      });
    const { id } = await running();
    await trials.call(completeTrial, { id });
    for (const attempt of [
      () => trials.call(cancelTrial, { id, reason: 'x' }),
      () => trials.call(completeTrial, { id }),
      () => trials.call(startTrial, { id }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'illegal_transition' });
  });

  test('the plan can change until the end, its lists too; notes and results at any time', async () => {
    const { id } = await running();
    expect(await trials.call(updateTrial, { id, success_criteria: criteria, parameters: { speed: 1 } })).toMatchObject({
      success_criteria: criteria,
      parameters: { speed: 1 },
    });
    await trials.call(completeTrial, { id, results: { oee: 90 } });
    await expect(trials.call(updateTrial, { id, name: 'other' })).rejects.toMatchObject({ code: 'illegal_transition' });
    expect(await trials.call(updateTrial, { id, observations: 'calmer' })).toMatchObject({
      observations: 'calmer',
      status: 'completed',
    });
  });

  test('the batch of a trial must be one of its line, both when it is planned and when it is changed', async () => {
    const { id } = await plan({ batch_id: ownBatch.id });
    const other = await plan();
    expect(await trials.call(updateTrial, { id: other.id, batch_id: ownBatch.id })).toMatchObject({
      batch_id: ownBatch.id,
    });
    for (const batch_id of [otherBatch.id, rowId(32)]) {
      const refused = { code: 'invalid', errors: [{ path: 'batch_id' }] };
      await expect(plan({ batch_id })).rejects.toMatchObject(refused);
      await expect(trials.call(updateTrial, { id, batch_id })).rejects.toMatchObject(refused);
    }
    expect(await trials.call(getTrial, { id })).toMatchObject({ batch_id: ownBatch.id, version: 1 });
    expect(await trials.call(updateTrial, { id, batch_id: null })).toMatchObject({ batch_id: null });
  });

  test('of two commands at once under one version one takes effect', async () => {
    const { id } = await plan();
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => trials.call(startTrial, { id }, { expectedVersion: 1 })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('who sees a trial', () => {
  test('a line that was not announced here yet is looked up at its owner', async () => {
    expect(await plan({ line_id: elsewhere.id })).toMatchObject({
      line_id: elsewhere.id,
      plant_id: elsewhere.plant_id,
    });
  });

  test('another tenant cannot see or change it, an operator can only see it', async () => {
    const { id } = await plan();
    await expect(trials.call(getTrial, { id }, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(trials.call(startTrial, { id }, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(trials.call(startTrial, { id }, { role: 'operator' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(trials.call(getTrial, { id }, { role: 'viewer' })).resolves.toMatchObject({ status: 'planned' });
  });

  test('lists and figures follow line, plant and status', async () => {
    const before = await trials.call(getTrialFigures, { line_id: elsewhere.id });
    const { id } = await running({ line_id: elsewhere.id });
    const { items } = await trials.call(listTrials, { line_id: elsewhere.id, status: 'in_progress' });
    expect(items.map((trial) => trial.id)).toEqual([id]);
    expect(await trials.call(getTrialFigures, { plant_id: elsewhere.plant_id })).toEqual({
      active_trials: before.active_trials + 1,
    });
  });
});

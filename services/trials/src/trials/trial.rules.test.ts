import { describe, expect, test } from '@jest/globals';
import { Problem, type Criterion } from '@plantops/contracts';
import fc from 'fast-check';
import { cancel, complete, judge, start, update } from './trial.rules.ts';

const now = '2026-03-02T10:00:00.000Z';
const trial = (status: 'planned' | 'in_progress' | 'completed' | 'cancelled') => ({
  trial_number: 'T-2026-0001',
  status,
  started_at: status === 'planned' ? null : '2026-03-02T08:00:00.000Z',
  success_criteria: [],
  planned_start: null,
  planned_end: null,
});
const operators = fc.constantFrom<Criterion['operator']>('<', '<=', '=', '>=', '>');

describe('the life of a trial', () => {
  test.each([
    ['start', 'planned', () => start(trial('planned'), { started_at: now }, now)],
    ['complete', 'in_progress', () => complete(trial('in_progress'), { completed_at: now, results: {} }, now)],
    ['cancel', 'planned', () => cancel(trial('planned'), 'no material', now)],
    ['cancel', 'in_progress', () => cancel(trial('in_progress'), 'no material', now)],
  ])('%s is possible while it is %s', (_verb, _status, decide) => expect(decide).not.toThrow());

  test.each([
    ['start', 'in_progress', () => start(trial('in_progress'), { started_at: now }, now)],
    ['start', 'cancelled', () => start(trial('cancelled'), { started_at: now }, now)],
    ['complete', 'planned', () => complete(trial('planned'), { completed_at: now, results: {} }, now)],
    ['complete', 'completed', () => complete(trial('completed'), { completed_at: now, results: {} }, now)],
    ['cancel', 'completed', () => cancel(trial('completed'), 'too late', now)],
    ['a change of plan', 'completed', () => update(trial('completed'), { name: 'other' })],
  ])('%s is refused while it is %s', (_verb, _status, decide) => expect(decide).toThrow(Problem));

  test('notes can be written after the end', () => {
    expect(update(trial('completed'), { learnings: 'slower is faster' })).toEqual({ learnings: 'slower is faster' });
  });

  test('a trial cannot end before it began', () => {
    expect(() =>
      complete(trial('in_progress'), { completed_at: '2026-03-02T07:59:59.000Z', results: {} }, now),
    ).toThrow(/completed_at/);
  });

  test('the caller’s own judgement of success counts', () => {
    expect(
      complete(trial('in_progress'), { completed_at: now, results: {}, was_successful: false }, now).was_successful,
    ).toBe(false);
  });
});

describe('judging a trial by its criteria', () => {
  test('each operator compares as its sign says', () => {
    fc.assert(
      fc.property(
        operators,
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
        (operator, result, target) => {
          const wanted = {
            '<': result < target,
            '<=': result <= target,
            '=': result === target,
            '>=': result >= target,
            '>': result > target,
          }[operator];
          expect(judge([{ metric: 'oee', operator, target }], { oee: result })).toBe(wanted);
        },
      ),
    );
  });

  test('one failed criterion decides, even when others cannot be judged', () => {
    const criteria: Criterion[] = [
      { metric: 'oee', operator: '>', target: 80 },
      { metric: 'scrap', operator: '<', target: 2 },
    ];
    expect(judge(criteria, { oee: 70 })).toBe(false);
    expect(judge(criteria, { oee: 90 })).toBeNull();
    expect(judge(criteria, { oee: 90, scrap: 1 })).toBe(true);
  });

  test('without criteria, or with a result that is not a number, success stays unknown', () => {
    expect(judge([], { oee: 90 })).toBeNull();
    expect(judge([{ metric: 'oee', operator: '>', target: 80 }], { oee: 'high' })).toBeNull();
    expect(judge([{ metric: 'toString', operator: '>', target: 80 }], {})).toBeNull();
  });
});

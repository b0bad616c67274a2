import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { allEvents } from './events/events.ts';
import { fieldErrors, parseInput } from './field-errors.ts';
import * as contracts from './index.ts';
import type { Operation } from './contract.ts';
import { Problem, problems, type ProblemCode } from './problems.ts';

const codes = Object.keys(problems) as ProblemCode[];
const operations = Object.values<unknown>(contracts).filter(
  (declared): declared is Operation =>
    typeof declared === 'object' && declared !== null && 'subject' in declared && 'input' in declared,
);

describe('problems', () => {
  test.each(codes)('%s has an HTTP status of its kind and a title for people', (code) => {
    expect(problems[code].status).toBeGreaterThanOrEqual(400);
    expect(problems[code].status).toBeLessThan(600);
    expect(problems[code].title).not.toBe('');
  });

  test('a problem becomes a document of RFC 9457, with the trace id where there is one', () => {
    const document = {
      type: 'urn:plantops:problem:invalid',
      title: 'Invalid request',
      status: 422,
      code: 'invalid',
      detail: 'end_time: must be after start_time',
      errors: [{ path: 'end_time', message: 'must be after start_time' }],
    };
    const problem = Problem.field('end_time', 'must be after start_time');
    expect(problem.toDocument()).toEqual(document);
    expect(problem.toDocument('0af7651916cd43dd8448eb211c80319c')).toEqual({
      ...document,
      trace_id: '0af7651916cd43dd8448eb211c80319c',
    });
  });

  test('each invalid field is named by its path, unknown ones too, at most twenty', () => {
    const schema = z.strictObject({ batch: z.strictObject({ good: z.number() }) });
    const fault = () => parseInput(schema, { batch: { good: 'many', bad: 1 }, other: 2 });
    expect(fault).toThrow(Problem);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field${n}`, n]));
    expect(fieldErrors(schema.safeParse({ batch: { good: 1 }, ...many }).error as z.ZodError)).toHaveLength(20);
    const paths = fieldErrors(schema.safeParse({ batch: { good: 'many', bad: 1 }, other: 2 }).error as z.ZodError).map(
      ({ path }) => path,
    );
    expect(paths.sort()).toEqual(['batch.bad', 'batch.good', 'other']);
  });
});

describe('what is declared', () => {
  test('no two operations share a subject', () => {
    const subjects = operations.map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.length).toBeGreaterThan(40);
  });

  test('an operation refuses fields it does not know', () => {
    for (const { subject, input } of operations)
      expect([
        subject,
        input.safeParse({ no_such_field: 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys'),
      ]).toEqual([subject, true]);
  });

  test('every command needs more than a viewer; of the queries only rejections, what waits, dead letters and API keys do', () => {
    for (const { subject, writes, role } of operations) {
      if (writes) expect([subject, role]).not.toEqual([subject, 'viewer']);
      else
        expect([subject, role]).toEqual([
          subject,
          /list-(dead-letters|api-keys)$/.test(subject)
            ? 'admin'
            : /list-(rejections|waiting)$/.test(subject)
              ? 'engineer'
              : 'viewer',
        ]);
    }
  });

  test('no two events share a type', () => {
    const types = allEvents.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });
});

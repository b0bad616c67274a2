import { describe, expect, test } from '@jest/globals';
import { allOperations } from './declared.ts';
import { allEvents } from '../events/events.ts';
import { eventExamples, exampleOf, exampleSteps, ingestExamples, readingsExamples } from './examples.ts';
import { ingestKinds, readLineEvent, ingestSubject } from '../line-events.ts';
import { readingsSubject, readReadings } from '../operations/sensors.ts';
import { runExamples, type ExampleResult, type Send } from './run-examples.ts';

const run = async (send: Send): Promise<ExampleResult[]> => {
  const steps: ExampleResult[] = [];
  for await (const step of runExamples(send, () => 200)) steps.push(step);
  return steps;
};

describe('the examples', () => {
  test.each(exampleSteps.map((step) => [`${step.operation.subject}: ${step.title}`, step] as const))(
    '%s fits its operation',
    (_title, step) => {
      expect(step.operation.input.safeParse(step.input).error?.issues).toBeUndefined();
      expect(step.operation.output.parse(step.output)).toEqual(step.output);
    },
  );

  test('every operation that is not internal has one; services with the same operation share it', () => {
    const shown = new Set(exampleSteps.map(({ operation }) => operation.name));
    const without = allOperations.filter(
      (operation) => !operation.internal && !exampleOf(operation) && !shown.has(operation.name),
    );
    expect(without.map(({ subject }) => subject)).toEqual([]);
  });

  test('each id that a step sends is in the answer of a step before it', () => {
    const known = new Set<string>();
    for (const { title, input, output, notRun } of exampleSteps) {
      const sent = JSON.stringify(input).match(/01990000-[0-9a-f-]{27}/g) ?? [];
      if (notRun === undefined) expect([title, sent.filter((id) => !known.has(id))]).toEqual([title, []]);
      for (const id of JSON.stringify(output).match(/01990000-[0-9a-f-]{27}/g) ?? []) known.add(id);
    }
  });

  test.each(allEvents.map(({ type, data }) => [type, data] as const))(
    'the example of %s fits its event',
    (type, data) => {
      expect(data.parse(eventExamples[type])).toEqual(eventExamples[type]);
    },
  );

  test('no example is of an event that is not announced', () => {
    expect(Object.keys(eventExamples).sort()).toEqual(allEvents.map(({ type }) => type).sort());
  });

  test.each(Object.keys(ingestKinds) as (keyof typeof ingestKinds)[])('the line event %s can be applied', (kind) => {
    expect(readLineEvent(ingestSubject('akron', 'FILL-1', kind), JSON.stringify(ingestExamples[kind]))).toMatchObject({
      ok: true,
    });
  });

  test('the readings can be applied', () => {
    for (const body of readingsExamples)
      expect(readReadings(readingsSubject('akron', 'FILL-1', 'TEMP-1'), JSON.stringify(body))).toMatchObject({
        ok: true,
      });
  });
});

describe('running the examples', () => {
  const answers = () => {
    const steps = exampleSteps.filter(({ notRun }) => notRun === undefined).values();
    return () => steps.next().value as (typeof exampleSteps)[number];
  };
  /** Another plant: every id begins with f instead of 0. */
  const elsewhere = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"01990000-', '"f1990000-')) as unknown;

  test('a plant that answers as the examples do has no differences, with ids of its own in answers and requests', async () => {
    const next = answers();
    const steps = await run(async (_operation, input) => {
      const { output, input: example } = next();
      expect(input).toEqual(elsewhere(example));
      return { status: 200, body: elsewhere(output) };
    });
    expect(steps.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(steps.length).toBeGreaterThan(70);
  });

  test('another status, a missing field, another value and the id of another row are differences', async () => {
    const next = answers();
    const spoilt: Record<number, (body: Record<string, unknown>) => [number, unknown]> = {
      0: (body) => [500, body],
      1: (body) => [200, { ...body, version: undefined }],
      3: (body) => [200, { ...body, name: 'another' }],
      6: (body) => [200, { ...body, plant_id: 'f1990000-0000-7000-8000-00000000dead' }],
    };
    let at = -1;
    const steps = await run(async (operation) => {
      at += 1;
      const { output } = next();
      const [status, body] = operation.writes
        ? (spoilt[at]?.(elsewhere(output) as Record<string, unknown>) ?? [200, elsewhere(output)])
        : [200, elsewhere(output)];
      return { status, body };
    });
    const found = steps.filter(({ differences }) => differences.length > 0).map(({ subject }) => subject);
    expect(found).toEqual([
      'plantops.production.create-plant',
      'plantops.production.set-shifts',
      'plantops.production.update-plant',
      'plantops.production.create-line',
    ]);
  });
});

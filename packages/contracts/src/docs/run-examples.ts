/** Sends the requests of the examples to a plant, and reports where its answers differ from them. */
import type { Operation } from '../contract.ts';
import { exampleSteps, type Step } from './examples.ts';

/** Sends one request; the status and body of the answer. */
export type Send = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
) => Promise<{ status: number; body: unknown }>;
export type ExampleResult = Readonly<{ title: string; subject: string; differences: readonly string[] }>;

/**
 * Written from the clock or the caller's name, so never the same twice: it is compared only whether there is a value.
 */
const STAMPED = new Set([
  'created_at',
  'updated_at',
  'created_by',
  'updated_by',
  'recorded_at',
  'voided_at',
  'revoked_at',
]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** How long an announcement of another service may be on its way. */
const WITHIN_MS = 10_000;
const PAUSE_MS = 200;

/** Sample ids, and the real ids that a plant answered in their place. */
class Ids {
  readonly #real = new Map<string, string>();

  /** Whether the real id stands for the sample; the first one answered does. */
  match(sample: string, real: string): boolean {
    if (!this.#real.has(sample)) this.#real.set(sample, real);
    return this.#real.get(sample) === real;
  }

  replaceIn(value: unknown): unknown {
    if (typeof value === 'string') return this.#real.get(value) ?? value;
    if (Array.isArray(value)) return value.map((one) => this.replaceIn(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.replaceIn(inner)]));
  }

  copy(): Ids {
    const copy = new Ids();
    for (const [sample, real] of this.#real) copy.match(sample, real);
    return copy;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const compare = (
  example: unknown,
  actual: unknown,
  ids: Ids,
  varies: ReadonlySet<string>,
  path = 'answer',
): string[] => {
  if (typeof example === 'string' && typeof actual === 'string' && UUID.test(example))
    return ids.match(example, actual) ? [] : [`${path} is the id of something else, ${actual}`];
  if (!isObject(example) || !isObject(actual) || Array.isArray(example) !== Array.isArray(actual))
    return Object.is(example, actual) ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(example)}`];
  return [...new Set([...Object.keys(example), ...Object.keys(actual)])].flatMap((name) => {
    const [one, other, where] = [example[name], actual[name], `${path}.${name}`];
    if (varies.has(name)) return [];
    if (!(name in actual)) return [`${where} is missing`];
    if (!(name in example)) return [`${where} is not in the example`];
    if (STAMPED.has(name)) return (one === null) === (other === null) ? [] : [`${where} is ${String(other)}`];
    return compare(one, other, ids, varies, where);
  });
};

const judge = (
  { operation, output, varies }: Step,
  status: number,
  body: unknown,
  expected: number,
  ids: Ids,
): string[] => {
  if (status !== expected) return [`status ${status}, not ${expected}: ${JSON.stringify(body)}`];
  const shape = operation.output.safeParse(body);
  if (!shape.success) return shape.error.issues.map(({ path, message }) => `answer.${path.join('.')} ${message}`);
  return varies === true ? [] : compare(output, body, ids, new Set(varies));
};

/**
 * Sends one step after the other, with real ids in place of the sample ones. A query whose answer differs is repeated
 * for a while, since services learn of each other's changes with a delay; a command is sent once.
 */
export async function* runExamples(
  send: Send,
  statusOf: (operation: Operation) => number,
): AsyncGenerator<ExampleResult> {
  let ids = new Ids();
  for (const step of exampleSteps.filter(({ notRun }) => notRun === undefined)) {
    const { operation, title, input } = step;
    const until = Date.now() + WITHIN_MS;
    for (;;) {
      const learned = ids.copy();
      const { status, body } = await send(operation, ids.replaceIn(input) as Record<string, unknown>);
      const differences = judge(step, status, body, statusOf(operation), learned);
      if (differences.length === 0 || operation.writes || Date.now() > until) {
        ids = learned;
        yield { title, subject: operation.subject, differences };
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

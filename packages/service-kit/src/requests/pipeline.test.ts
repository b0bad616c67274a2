import { describe, expect, test } from '@jest/globals';
import { operationsOf, Problem } from '@plantops/contracts';
import { z } from 'zod';
import type { Call } from './call.ts';
import { createLogger } from '../process/logger.ts';
import type { Outcome } from './middleware/handler.ts';
import { answer, pipeline, type Answer } from './serve.ts';

const logger = createLogger('test', 'silent');
const greet = operationsOf('production').writes({
  name: 'greet',
  role: 'operator',
  summary: 'Greet',
  input: z.strictObject({ name: z.string().min(2, 'must be longer') }),
  output: z.object({ text: z.string(), version: z.int().optional() }),
});
const call: Call = {
  tenant: 'akron',
  actor: 'ada',
  roles: ['operator'],
  deadline: Date.now() + 60_000,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
const hello = answer(greet, async ({ name }) => ({ text: `hello ${name}`, version: 3 }));
const ask = (
  served: Answer,
  body = '{"name":"Ada"}',
  caller: Partial<Call> = {},
  run = pipeline(logger),
): Promise<Outcome> => run(served.handler)({ operation: greet, call: { ...call, ...caller }, body });
const refused = (code: string, more: object = {}) => ({
  ok: false,
  problem: expect.objectContaining({ code, ...more }),
});

describe('every operation', () => {
  test('answers with its JSON and the version of the row', async () => {
    expect(await ask(hello)).toEqual({ ok: true, reply: { body: '{"text":"hello Ada","version":3}', version: 3 } });
  });

  test('answers which fields are invalid, or that the body is not JSON', async () => {
    expect(await ask(hello, '{"name":"A","age":3}')).toMatchObject(
      refused('invalid', {
        errors: [
          { path: 'name', message: 'must be longer' },
          { path: 'age', message: expect.any(String) },
        ],
      }),
    );
    expect(await ask(hello, '{')).toMatchObject(refused('malformed_json'));
    expect(await ask(hello, '')).toMatchObject(
      refused('invalid', { errors: [expect.objectContaining({ path: 'name' })] }),
    );
  });

  test.each([
    ['no tenant', { tenant: '' }, 'unauthenticated'],
    ['an invalid tenant', { tenant: '*' }, 'unauthenticated'],
    ['no role', { roles: [] }, 'forbidden'],
    ['a role that is too low', { roles: ['viewer'] }, 'forbidden'],
  ] as const)('a request with %s does not reach the handler', async (_what, caller, code) => {
    let begun = false;
    const watched = answer(greet, async () => {
      begun = true;
      return { text: '' };
    });
    expect(await ask(watched, undefined, caller)).toMatchObject(refused(code));
    expect(begun).toBe(false);
  });

  test('does not run when the deadline has passed already', async () => {
    let begun = false;
    const watched = answer(greet, async () => {
      begun = true;
      return { text: '' };
    });
    expect(await ask(watched, undefined, { deadline: Date.now() - 1 })).toMatchObject(refused('service_unavailable'));
    expect(begun).toBe(false);
  });

  test('answers the problem that it threw, and `internal` for every other error, without the text of the error', async () => {
    expect(await ask(answer(greet, async () => Promise.reject(new Problem('overlap', 'taken'))))).toMatchObject(
      refused('overlap'),
    );
    const outcome = await ask(answer(greet, async () => Promise.reject(new Error('password=secret'))));
    expect(outcome).toMatchObject(refused('internal'));
    expect(JSON.stringify(outcome)).not.toContain('secret');
    const synchronous = answer(greet, () => {
      throw new Error('at once');
    });
    expect(await ask(synchronous)).toMatchObject(refused('internal'));
  });
});

describe('the limit of requests', () => {
  /** A handler that runs until the test calls `finish`. */
  const held = () => {
    const finish: (() => void)[] = [];
    const served = answer(greet, async () => {
      await new Promise<void>((resolve) => finish.push(resolve));
      return { text: 'done' };
    });
    return { served, finish };
  };
  const tick = () => new Promise((resolve) => setImmediate(resolve));

  test('64 requests run, 128 wait, the 193rd is refused at once; when a request ends, the next one begins', async () => {
    const { served, finish } = held();
    const run = pipeline(logger);
    const outcomes = Array.from({ length: 192 }, () => ask(served, undefined, {}, run));
    await tick();
    expect(finish).toHaveLength(64);
    expect(await ask(served, undefined, {}, run)).toMatchObject(refused('service_unavailable'));
    finish[0]?.();
    await tick();
    expect(finish).toHaveLength(65);
    for (let n = 1; n < 192; n += 1) {
      finish[n]?.();
      await tick();
    }
    expect((await Promise.all(outcomes)).every(({ ok }) => ok)).toBe(true);
    expect(await ask(hello, undefined, {}, run)).toMatchObject({ ok: true });
  });

  test('tenants take turns: one request of another tenant does not wait behind a hundred of the first', async () => {
    const order: string[] = [];
    const finish: (() => void)[] = [];
    const served = (tenant: string) =>
      answer(greet, async () => {
        order.push(tenant);
        await new Promise<void>((resolve) => finish.push(resolve));
        return { text: '' };
      });
    const run = pipeline(logger, { running: 1, waiting: 128 });
    const [akron, globex] = [served('akron'), served('globex')];
    const many = Array.from({ length: 101 }, () => ask(akron, undefined, {}, run));
    await tick();
    const few = [1, 2].map(() => ask(globex, undefined, { tenant: 'globex' }, run));
    await tick();
    for (let n = 0; n < 103; n += 1) {
      finish[n]?.();
      await tick();
    }
    expect((await Promise.all([...many, ...few])).every(({ ok }) => ok)).toBe(true);
    expect(order.slice(0, 5)).toEqual(['akron', 'akron', 'globex', 'akron', 'globex']);
  });

  test('when one tenant fills the queue, its last request gives way to another tenant’s; tenants with equal queues do not displace each other', async () => {
    const { served, finish } = held();
    const run = pipeline(logger, { running: 1, waiting: 4 });
    const [first, ...waiting] = Array.from({ length: 5 }, () => ask(served, undefined, {}, run));
    await tick();
    const others = [1, 2].map(() => ask(served, undefined, { tenant: 'globex' }, run));
    expect(await waiting[3]).toMatchObject(refused('service_unavailable'));
    expect(await waiting[2]).toMatchObject(refused('service_unavailable'));
    expect(await ask(served, undefined, { tenant: 'globex' }, run)).toMatchObject(refused('service_unavailable'));
    expect(await ask(served, undefined, {}, run)).toMatchObject(refused('service_unavailable'));
    for (let n = 0; n < 5; n += 1) {
      finish[n]?.();
      await tick();
    }
    expect((await Promise.all([first, ...waiting.slice(0, 2), ...others])).every((outcome) => outcome?.ok)).toBe(true);
  });

  test('a request that waited until after its deadline does not run', async () => {
    const { served, finish } = held();
    const run = pipeline(logger, { running: 1, waiting: 1 });
    const first = ask(served, undefined, {}, run);
    await tick();
    const deadline = Date.now() + 20;
    const second = ask(served, undefined, { deadline }, run);
    while (Date.now() <= deadline) await tick();
    finish[0]?.();
    expect(await first).toMatchObject({ ok: true });
    await tick();
    // If it had begun, it would run until `finish` is called, and the last line would never get an answer.
    expect(finish).toHaveLength(1);
    expect(await second).toMatchObject(refused('service_unavailable'));
  });

  test('a request that fails frees its place', async () => {
    const run = pipeline(logger, { running: 1, waiting: 0 });
    const fails = answer(greet, async () => Promise.reject(new Error('no')));
    for (let n = 0; n < 3; n += 1) expect(await ask(fails, undefined, {}, run)).toMatchObject(refused('internal'));
  });

  test('all operations of a service share one limit', async () => {
    const { served, finish } = held();
    const run = pipeline(logger, { running: 1, waiting: 0 });
    const first = ask(served, undefined, {}, run);
    await tick();
    expect(await ask(hello, undefined, {}, run)).toMatchObject(refused('service_unavailable'));
    finish[0]?.();
    await first;
  });
});

import { describe, expect, jest, test } from '@jest/globals';
import { Lifetime, within } from './lifetime.ts';
import { createLogger } from './logger.ts';

const logger = createLogger('test', 'silent');
const never = () => new Promise<void>(() => {});

describe('the lifetime of a service', () => {
  test('resources are closed one after the other, the last opened first', async () => {
    const closed: string[] = [];
    const lifetime = new Lifetime(logger);
    for (const name of ['database', 'bus', 'answers'])
      lifetime.defer(name, async () => {
        await Promise.resolve();
        closed.push(name);
      });
    await lifetime.close();
    expect(closed).toEqual(['answers', 'bus', 'database']);
  });

  test('two calls of close at once close each resource once', async () => {
    const close = jest.fn();
    const lifetime = new Lifetime(logger);
    lifetime.defer('bus', close);
    await Promise.all([lifetime.close(), lifetime.close()]);
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('a resource that fails to close or hangs: the others are closed, and close ends at its deadline', async () => {
    const closed: string[] = [];
    const lifetime = new Lifetime(logger);
    lifetime.defer('database', () => void closed.push('database'));
    lifetime.defer('throws', () => {
      throw new Error('cannot');
    });
    lifetime.defer('rejects', () => Promise.reject(new Error('cannot')));
    lifetime.defer('hangs', never);
    const before = Date.now();
    await lifetime.close(150);
    expect(closed).toEqual(['database']);
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  test('`within` returns the result or the error of the work, or rejects with the name of the work that took too long', async () => {
    await expect(within(1_000, 'work', async () => 7)).resolves.toBe(7);
    await expect(within(1_000, 'work', async () => Promise.reject(new Error('own')))).rejects.toThrow('own');
    await expect(within(10, 'work', never)).rejects.toThrow('work took longer than 10 ms');
  });
});

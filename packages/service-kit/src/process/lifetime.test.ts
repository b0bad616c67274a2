import { describe, expect, jest, test } from '@jest/globals';
import { Lifetime, within } from './lifetime.ts';
import { createLogger } from './logger.ts';

const logger = createLogger('test', 'silent');
const never = () => new Promise<void>(() => {});

describe('the lifetime of a service', () => {
  test('what was opened last is closed first, each before the next', async () => {
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

  test('closed twice at once, each is closed once', async () => {
    const close = jest.fn();
    const lifetime = new Lifetime(logger);
    lifetime.defer('bus', close);
    await Promise.all([lifetime.close(), lifetime.close()]);
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('one that fails or hangs does not keep the others open, nor the whole beyond its deadline', async () => {
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

  test('within gives the outcome in time, and says what was late', async () => {
    await expect(within(1_000, 'work', async () => 7)).resolves.toBe(7);
    await expect(within(1_000, 'work', async () => Promise.reject(new Error('own')))).rejects.toThrow('own');
    await expect(within(10, 'work', never)).rejects.toThrow('work took longer than 10 ms');
  });
});

import { describe, expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import type { Database, Tx } from '@plantops/persistence';
import { serviceCall } from '@plantops/service-kit';
import { batchCheck, masterLookup } from './lookups.ts';
import { inQuery, type Work } from './work.ts';

const [KNOWN, OTHER] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const call = serviceCall('trials', 'akron');
let transactions = 0;
/** A database whose copies are empty. */
const database = {
  transact: async (_tenant: string, work: (tx: Tx) => Promise<unknown>) => {
    transactions += 1;
    return work({ tenant: 'akron', query: async () => [] } as unknown as Tx);
  },
} as unknown as Database;
const base = { database, now: () => '2026-03-02T08:00:00.000Z' };
const withWork = <T>(work: (work: Work) => Promise<T>): Promise<T> => inQuery(base, call, work);

describe('a row of another service', () => {
  test('that is not copied: its owner is asked outside of any transaction, and the work runs again with the answer', async () => {
    transactions = 0;
    const asked: number[] = [];
    const line = masterLookup('line', async (id) => {
      asked.push(transactions);
      return { id, code: 'L1' } as never;
    });
    expect(await withWork((work) => line(KNOWN, work))).toMatchObject({ id: KNOWN, code: 'L1' });
    expect([transactions, asked]).toEqual([2, [1]]);
  });

  test('that does not exist: the error names the field with its id', async () => {
    const line = masterLookup('line', async () => {
      throw new Problem('not_found', 'there is no such line');
    });
    const refused = { code: 'invalid', errors: [{ path: 'line_id', message: 'names no line that exists' }] };
    await expect(withWork((work) => line(OTHER, work))).rejects.toMatchObject(refused);
  });

  test('whose owner cannot be reached: the command fails with the owner’s problem', async () => {
    const line = masterLookup('line', async () => {
      throw new Problem('service_unavailable', 'production cannot be reached');
    });
    await expect(withWork((work) => line(OTHER, work))).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});

describe('a batch that a command names', () => {
  const check = batchCheck(async (id) => {
    if (id === KNOWN) return { line_id: KNOWN };
    throw new Problem('not_found', 'there is no such batch');
  });
  const refused = { code: 'invalid', errors: [{ path: 'batch_id' }] };

  test('must exist and must be of the line', async () => {
    await expect(withWork((work) => check(KNOWN, KNOWN, work))).resolves.toBeUndefined();
    await expect(withWork((work) => check(KNOWN, OTHER, work))).rejects.toMatchObject(refused);
    await expect(withWork((work) => check(OTHER, KNOWN, work))).rejects.toMatchObject(refused);
  });

  test('may be absent', async () => {
    for (const none of [null, undefined])
      await expect(withWork((work) => check(none, KNOWN, work))).resolves.toBeUndefined();
  });

  test('is read from the service’s own copy first', async () => {
    const copied = batchCheck(
      () => Promise.reject(new Error('asked the owner')),
      async () => ({ line_id: KNOWN }),
    );
    await expect(withWork((work) => copied(OTHER, KNOWN, work))).resolves.toBeUndefined();
    await expect(withWork((work) => copied(OTHER, OTHER, work))).rejects.toMatchObject(refused);
  });
});

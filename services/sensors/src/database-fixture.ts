/** The use cases on the test file's own database, without the bus. */
import type { UseCase } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { readingsSubject, type Operation, type SensorView } from '@plantops/contracts';
import { Database } from '@plantops/persistence';
import { serviceCall } from '@plantops/service-kit';
import { aLine, at, copyTemplate, LINE_ID, testServers } from '@plantops/testing';
import type { z } from 'zod';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { createSensor } from './sensors/create-sensor.ts';

export class TestDatabase {
  readonly database: Database;
  readonly deps: Deps;
  readonly #drop: () => Promise<void>;

  private constructor(database: Database, drop: () => Promise<void>) {
    this.database = database;
    this.deps = { database, now: () => at('12:00'), line: async () => aLine() };
    this.#drop = drop;
  }

  static async open(): Promise<TestDatabase> {
    const { url, drop } = await copyTemplate(testServers().databaseUrl, 'sensors');
    return new TestDatabase(
      await Database.open({ url, ...tables, log: { warn: () => {}, info: () => {}, error: () => {} } }),
      drop,
    );
  }

  /** Calls a use case as its operation would. */
  async do<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    useCase: UseCase<Deps>,
    input: z.input<I>,
    tenant: string,
  ): Promise<z.infer<O>> {
    const { body } = await useCase(this.deps).handler({
      operation,
      call: serviceCall('test', tenant),
      body: JSON.stringify(input),
    });
    return JSON.parse(body) as z.infer<O>;
  }

  add(tenant: string, code: string): Promise<SensorView> {
    const fields = {
      code,
      line_id: LINE_ID,
      name: 'Oven',
      unit: '°C',
      kind: 'temperature',
      low_limit: null,
      high_limit: null,
    };
    return this.do(contracts.createSensor, createSensor, fields, tenant);
  }

  as<R>(tenant: string, sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.database.transact(tenant, (tx) => tx.query<R>(sql, values));
  }

  async count(tenant: string, table: string): Promise<number | undefined> {
    return (await this.as<{ count: number }>(tenant, `select count(*) as count from ${table}`))[0]?.count;
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.#drop();
  }
}

/** A message with one reading a second, starting at a second of the day. */
export const aMessage = (
  tenant: string,
  sensor: string,
  from: number,
  count: number,
): { subject: string; payload: string } => ({
  subject: readingsSubject(tenant, 'L1', sensor),
  payload: JSON.stringify({
    readings: Array.from({ length: count }, (_, n) => ({
      at: new Date(Date.parse(at('00:00')) + (from + n) * 1_000).toISOString(),
      value: n,
    })),
  }),
});

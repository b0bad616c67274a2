/** The ledger alone, for tests that play its neighbours: new lines, facts as they are announced, and the net rows. */
import { afterEach } from '@jest/globals';
import {
  getBatch,
  getDowntimeRows,
  getLine,
  getProductionRows,
  lineCreated,
  listMoneyLeaks,
  plantCreated,
  Problem,
  productCreated,
  type LineRow,
  type MoneyLeakView,
  type PlantRow,
  type ProductRow,
} from '@plantops/contracts';
import { answer, systemClock, type Clock } from '@plantops/service-kit';
import { aLine, aPlant, aProduct, rowId, ServiceHarness } from '@plantops/testing';
import type { z } from 'zod';
import { readConfig } from './config.ts';
import { start } from './service.ts';

/** The rows with which production and downtimes answer. */
export type OwnRows = {
  made: z.infer<typeof getProductionRows.output>['items'];
  stopped: z.infer<typeof getDowntimeRows.output>['items'];
  pageSize?: number;
};
const pageOf = <I>(items: readonly I[], size = 500, cursor = '0') => {
  const end = Number(cursor) + size;
  return { items: items.slice(Number(cursor), end), next_cursor: end < items.length ? String(end) : null };
};

/** The kept sums beside the sums of the postings, key by key; returns the keys at which the two differ. */
const DIFFERING_SUMS = `
  with posting as (
    select m.*,
      (m.occurred_from at time zone coalesce(p.data->>'timezone', 'UTC'))::date as local_date,
      case when m.reverses_id is null then 1 else -1 end as count,
      case when coalesce(a.is_avoidable, m.is_avoidable) then m.amount else 0 end as avoidable
    from money_leak m
    left join master p on p.tenant_id = m.tenant_id and p.kind = 'plant' and p.id = m.plant_id
    left join money_leak_action a on a.money_leak_id = coalesce(m.reverses_id, m.id)
  ), wanted as (
    select tenant_id, plant_id, 'day' as grain, line_id, local_date as began, business_date,
      category, source_type, rule, product_id, amount, avoidable, count
    from posting
    union all
    select tenant_id, plant_id, 'month', line_id, date_trunc('month', local_date)::date, null,
      category, source_type, rule, product_id, amount, avoidable, count
    from posting
  ), whole as (
    select * from wanted
    union all
    select tenant_id, plant_id, grain, null, began, business_date,
      category, null, null, null, amount, avoidable, count
    from wanted
  ), both_sides as (
    select * from whole
    union all
    select tenant_id, plant_id, grain, line_id, began, business_date,
      category, source_type, rule, product_id, -amount, -avoidable, -count
    from leak_sum
  )
  select tenant_id, plant_id, grain, line_id, began::text, business_date::text,
    category, source_type, rule, product_id,
    sum(amount) as amount, sum(avoidable) as avoidable, sum(count) as count
  from both_sides
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  having sum(amount) <> 0 or sum(avoidable) <> 0 or sum(count) <> 0`;

const open = new Set<Ledger>();
const reported = new Set<string>();
/**
 * Holds after every test of every file that uses a ledger, whatever the test was about. A difference fails one test,
 * not also those after it.
 */
afterEach(async () => {
  for (const ledger of open) {
    const { rows } = await ledger.service.rows.query(DIFFERING_SUMS);
    const fresh = rows.map((row) => JSON.stringify(row)).filter((row) => !reported.has(row));
    for (const row of fresh) reported.add(row);
    if (fresh.length > 0) throw new Error(`postings minus kept sums is not 0:\n${fresh.slice(0, 5).join('\n')}`);
  }
});

export class Ledger {
  readonly service: ServiceHarness;
  #ids = 1000;

  private constructor(service: ServiceHarness) {
    this.service = service;
  }

  static async start({
    own = { made: [], stopped: [] },
    now = systemClock,
  }: { own?: OwnRows; now?: Clock } = {}): Promise<Ledger> {
    // Production knows no line but those it has announced, and no batch.
    const unknown = answer(getLine, async ({ id }) =>
      Promise.reject(new Problem('not_found', `there is no line ${id}`)),
    );
    const noBatch = answer(getBatch, async ({ id }) =>
      Promise.reject(new Problem('not_found', `there is no batch ${id}`)),
    );
    const made = answer(getProductionRows, async ({ cursor }) => pageOf(own.made, own.pageSize, cursor));
    const stopped = answer(getDowntimeRows, async ({ cursor }) => pageOf(own.stopped, own.pageSize, cursor));
    const neighbours = [
      { service: 'production', answers: [unknown, noBatch, made] },
      { service: 'downtimes', answers: [stopped] },
    ] as const;
    const ledger = new Ledger(await ServiceHarness.start('money-leaks', start, readConfig, { neighbours, now }));
    open.add(ledger);
    return ledger;
  }

  /** An id that no other row of this test file has. */
  nextId(): string {
    return rowId((this.#ids += 1));
  }

  /** A line and a plant of its own, not announced yet. */
  unannounced(fields: Partial<LineRow> = {}, ofPlant: Partial<PlantRow> = {}): { line: LineRow; plant: PlantRow } {
    const [id, plantId] = [this.nextId(), this.nextId()];
    const code = `L${this.#ids}`;
    return {
      plant: aPlant({ id: plantId, code, ...ofPlant }),
      line: aLine({ id, code, name: code, plant_id: plantId, ...fields }),
    };
  }

  async line(fields: Partial<LineRow> = {}, ofPlant: Partial<PlantRow> = {}): Promise<LineRow> {
    const { line, plant } = this.unannounced(fields, ofPlant);
    await this.service.announce(plantCreated, plant);
    await this.service.announce(lineCreated, line);
    await this.service.settled();
    return line;
  }

  async product(fields: Partial<ProductRow> = {}): Promise<ProductRow> {
    const id = this.nextId();
    const product = aProduct({ id, code: `P${this.#ids}`, ...fields });
    await this.service.announce(productCreated, product);
    await this.service.settled();
    return product;
  }

  /** Every row of a line, in the order in which they were recorded. */
  async rows(line_id: string): Promise<MoneyLeakView[]> {
    await this.service.settled();
    return (await this.service.call(listMoneyLeaks, { line_id, sort: 'recorded_at', limit: 500 })).items;
  }

  /** The rows that count: neither reversals nor reversed. By time. */
  async net(line_id: string): Promise<MoneyLeakView[]> {
    const rows = await this.rows(line_id);
    const reversed = new Set(rows.map(({ reverses_id }) => reverses_id));
    return rows
      .filter(({ id, reverses_id }) => reverses_id === null && !reversed.has(id))
      .sort((a, b) => a.occurred_from.localeCompare(b.occurred_from) || a.rule.localeCompare(b.rule));
  }

  /** The net amounts by category, to the cent. */
  async totals(line_id: string): Promise<Record<string, number>> {
    const byCategory = Map.groupBy(await this.net(line_id), ({ category }) => category);
    return Object.fromEntries(
      [...byCategory].map(([category, rows]) => [
        category,
        Number(rows.reduce((sum, { amount_usd }) => sum + amount_usd, 0).toFixed(2)),
      ]),
    );
  }

  close(): Promise<void> {
    open.delete(this);
    return this.service.close();
  }
}

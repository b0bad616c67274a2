/** The ledger alone, for tests that play its neighbours: new lines, facts as they are announced, and the net rows. */
import {
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

export class Ledger {
  readonly service: ServiceHarness;
  #ids = 1000;

  private constructor(service: ServiceHarness) {
    this.service = service;
  }

  static async start({ own = { made: [], stopped: [] }, now = systemClock }: { own?: OwnRows; now?: Clock } = {}): Promise<Ledger> {
    // Production knows no line but those it has announced.
    const unknown = answer(getLine, async ({ id }) => Promise.reject(new Problem('not_found', `there is no line ${id}`)));
    const made = answer(getProductionRows, async ({ cursor }) => pageOf(own.made, own.pageSize, cursor));
    const stopped = answer(getDowntimeRows, async ({ cursor }) => pageOf(own.stopped, own.pageSize, cursor));
    const neighbours = [
      { service: 'production', answers: [unknown, made] },
      { service: 'downtimes', answers: [stopped] },
    ] as const;
    return new Ledger(await ServiceHarness.start('money-leaks', start, readConfig, { neighbours, now }));
  }

  /** An id that no other row of this test file has. */
  nextId(): string {
    return rowId((this.#ids += 1));
  }

  /** A line and a plant of its own, not announced yet. */
  unannounced(fields: Partial<LineRow> = {}, ofPlant: Partial<PlantRow> = {}): { line: LineRow; plant: PlantRow } {
    const [id, plantId] = [this.nextId(), this.nextId()];
    const code = `L${this.#ids}`;
    return { plant: aPlant({ id: plantId, code, ...ofPlant }), line: aLine({ id, code, name: code, plant_id: plantId, ...fields }) };
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
      [...byCategory].map(([category, rows]) => [category, Number(rows.reduce((sum, { amount_usd }) => sum + amount_usd, 0).toFixed(2))]),
    );
  }

  close(): Promise<void> {
    return this.service.close();
  }
}

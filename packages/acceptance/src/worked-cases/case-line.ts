/** One line of a running plant: its line events, and its figures from the gateway. */
import type { PlantOps } from '@plantops/client';
import type { MoneyLeakView } from '@plantops/contracts';
import { BASE, dataOf } from './gateway.ts';
import type { LineReport, LineEvent } from './line-events.ts';

type Ids = { readonly id: string; readonly code: string; readonly plant_id: string };
type Publish = (events: readonly LineEvent[]) => Promise<void>;
export type Window = { readonly from: string; readonly to: string };

export class CaseLine {
  readonly ids: Ids;
  readonly #api: PlantOps;
  readonly #publish: Publish;
  readonly #tape: LineEvent[] = [];

  constructor(api: PlantOps, ids: Ids, publish: Publish) {
    [this.#api, this.ids, this.#publish] = [api, ids, publish];
  }

  get tape(): readonly LineEvent[] {
    return this.#tape;
  }

  async report(events: readonly LineReport[]): Promise<void> {
    const { code } = this.ids;
    const product = (kind: string) => (kind === 'batch.started' ? { product_code: code } : {});
    const numbered = events.map((event, index) => ({
      ...event,
      ...product(event.kind),
      id: `${code}/${this.#tape.length + index}`,
    }));
    this.#tape.push(...numbered);
    await this.#publish(numbered);
  }

  /** Sets the hourly cost of the line, from an instant or from now on. */
  costs(hourly_cost: number, valid_from?: string) {
    const body = { hourly_cost, ...(valid_from === undefined ? {} : { valid_from }) };
    return dataOf(this.#api.PUT(`${BASE}/lines/{id}`, { params: { path: { id: this.ids.id } }, body }));
  }

  oee(query: Window) {
    return dataOf(this.#api.GET(`${BASE}/lines/{id}/oee`, { params: { path: { id: this.ids.id }, query } }));
  }

  async oeeBy(group_by: 'shift' | 'day', window: Window) {
    const query = { line_id: this.ids.id, group_by, ...window };
    return (await dataOf(this.#api.GET(`${BASE}/oee`, { params: { query } }))).items;
  }

  async stops() {
    const query = { line_id: this.ids.id };
    return (await dataOf(this.#api.GET(`${BASE}/downtimes`, { params: { query } }))).items;
  }

  timeline(query: Window) {
    return dataOf(this.#api.GET(`${BASE}/lines/{id}/timeline`, { params: { path: { id: this.ids.id }, query } }));
  }

  async reliability(window: Window) {
    const query = { line_id: this.ids.id, ...window };
    return (await dataOf(this.#api.GET(`${BASE}/downtimes/reliability`, { params: { query } }))).total;
  }

  reconciliation(window: Window) {
    const query = { line_id: this.ids.id, ...window };
    return dataOf(this.#api.GET(`${BASE}/money-leaks/reconciliation`, { params: { query } }));
  }

  /** Dollars by category; with `as_of`, as the ledger was then. */
  async money(window: Window & { readonly as_of?: string }): Promise<Record<string, number>> {
    const query = { line_id: this.ids.id, ...window };
    const { items } = await dataOf(this.#api.GET(`${BASE}/money-leaks/by-category`, { params: { query } }));
    return Object.fromEntries(items.map(({ category, total }) => [category, total]));
  }

  async total(window: Window): Promise<number> {
    const query = { line_id: this.ids.id, ...window };
    return (await dataOf(this.#api.GET(`${BASE}/money-leaks/overview`, { params: { query } }))).total_amount_usd;
  }

  /** Every row of the line's ledger in the order of recording, with reversed rows. */
  async rows(window: Partial<Window> = {}): Promise<MoneyLeakView[]> {
    const rows: MoneyLeakView[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { ...this.#rowsIn(window), ...(cursor === undefined ? {} : { cursor }) };
      const page = await dataOf(this.#api.GET(`${BASE}/money-leaks`, { params: { query } }));
      rows.push(...page.items);
      cursor = page.next_cursor;
    }
    return rows;
  }

  /** The first page of the rows, as text. */
  rowsAsText(window: Partial<Window> = {}): Promise<string> {
    return dataOf(this.#api.GET(`${BASE}/money-leaks`, { params: { query: this.#rowsIn(window) }, parseAs: 'text' }));
  }

  #rowsIn(window: Partial<Window>) {
    return { line_id: this.ids.id, limit: 500, sort: 'recorded_at' as const, ...window };
  }

  /** The rows that are neither reversals nor reversed. */
  async net(window: Partial<Window> = {}): Promise<MoneyLeakView[]> {
    const rows = await this.rows(window);
    const reversed = new Set(rows.map(({ reverses_id }) => reverses_id));
    return rows.filter(({ id, reverses_id }) => reverses_id === null && !reversed.has(id));
  }
}

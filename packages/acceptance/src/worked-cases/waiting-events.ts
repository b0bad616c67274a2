/** What the gateway shows of events that wait. */
import type { PlantOps } from '@plantops/client';
import { BASE, dataOf } from './gateway.ts';

export class WaitingEvents {
  readonly #api: PlantOps;
  readonly #line_code: string;

  /** Of one line. */
  constructor(api: PlantOps, line_code: string) {
    [this.#api, this.#line_code] = [api, line_code];
  }

  async list() {
    const query = { line_code: this.#line_code };
    return (await dataOf(this.#api.GET(`${BASE}/ingest/waiting`, { params: { query } }))).items;
  }

  /** Ids and reasons, in the order of the ids. */
  async reasons(): Promise<string[]> {
    return (await this.list()).map(({ event_id, reason }) => `${event_id} ${reason}`).sort();
  }

  release(id: string) {
    return this.#api.POST(`${BASE}/ingest/waiting/{id}/release`, { params: { path: { id } } });
  }

  releaseAll(filters: { readonly reason?: 'too_old' | 'unknown_line' } = {}) {
    const body = { line_code: this.#line_code, ...filters };
    return dataOf(this.#api.POST(`${BASE}/ingest/waiting/release`, { body }));
  }

  discard(id: string, reason: string) {
    return dataOf(this.#api.DELETE(`${BASE}/ingest/waiting/{id}`, { params: { path: { id } }, body: { reason } }));
  }

  async history(id: string): Promise<string[]> {
    const path = { resource: 'waiting' as const, id };
    const { items } = await dataOf(this.#api.GET(`${BASE}/history/{resource}/{id}`, { params: { path } }));
    return items.map(({ type }) => type);
  }

  /** The alerts about the clock of the line, and how many events of the tenant wait for a reason. */
  async overview(line_id: string) {
    const { alerts, waiting } = await dataOf(this.#api.GET(`${BASE}/overview`));
    return {
      alerts: (alerts ?? []).filter((alert) => alert.type === 'line_clock' && alert.line_id === line_id),
      waiting: Object.fromEntries((waiting?.by_reason ?? []).map(({ reason, count }) => [reason, count])),
    };
  }
}

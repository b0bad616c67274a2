/** The REST API of PlantOps, as any external system uses it. */
import { z } from 'zod';

const DEADLINE_MS = 5_000;
const PAGE = 500;
/** The demo reads no longer lists than this. */
const MOST_PAGES = 40;
const BASE = '/api/v1/plant-ops';
const problem = z.object({ code: z.string(), detail: z.string().catch('') });

export class PlantOpsApi {
  readonly #url: string;
  readonly #token: string;
  readonly #signal: AbortSignal;

  /** Requests end when the signal is aborted. */
  constructor(gatewayUrl: string, token: string, signal: AbortSignal) {
    this.#url = gatewayUrl.replace(/\/+$/, '') + BASE;
    this.#token = token;
    this.#signal = signal;
  }

  /** Creates a row. Ignores that it exists already. */
  async create(resource: string, body: object): Promise<void> {
    const { status, json } = await this.#request('POST', resource, body);
    if (status < 300 || problem.safeParse(json).data?.code === 'already_exists') return;
    throw refusal('POST', resource, status, json);
  }

  /** One page of a list: the first, unless the query has a cursor. */
  async page<T>(
    resource: string,
    query: Record<string, string>,
    row: z.ZodType<T>,
  ): Promise<{ items: T[]; next_cursor: string | null }> {
    const path = `${resource}?${new URLSearchParams(query).toString()}`;
    const { status, json } = await this.#request('GET', path);
    if (status !== 200) throw refusal('GET', path, status, json);
    return z.object({ items: z.array(row), next_cursor: z.string().nullable() }).parse(json);
  }

  /** Returns the first row that fits, from all pages; undefined when no row fits. */
  async find<T>(resource: string, row: z.ZodType<T>, fits: (row: T) => boolean): Promise<T | undefined> {
    const query: Record<string, string> = { limit: String(PAGE) };
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { items, next_cursor } = await this.page(resource, query, row);
      const found = items.find(fits);
      if (found !== undefined || next_cursor === null) return found;
      query['cursor'] = next_cursor;
    }
    return undefined;
  }

  async #request(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${this.#url}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any([AbortSignal.timeout(DEADLINE_MS), this.#signal]),
    });
    return { status: response.status, json: await response.json().catch(() => undefined) };
  }
}

const refusal = (method: string, path: string, status: number, json: unknown): Error =>
  new Error(`${method} ${path} answered ${status} ${problem.safeParse(json).data?.detail ?? ''}`.trim());

/**
 * An everyday load over several gateways: stops are logged, and lists and reports are read. A connection that is closed
 * during a request may or may not have delivered it (RFC 9110, 9.2.2), so each write has an Idempotency-Key and is sent
 * again.
 */
import { randomUUID } from 'node:crypto';
import { createPlantOps, type PlantOps } from '@plantops/client';
import { serviceNames, type ServiceName } from '@plantops/contracts';

const BASE = '/api/v1/plant-ops';
const WRITERS = 8;
const CONNECTION_CLOSED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const START = Date.parse('2026-03-02T00:00:00Z');
const STEP_MS = 120_000;
/** What is looked at, by the service that answers. */
const LOOKED_AT = {
  overview: 'overview',
  production: 'lines',
  downtimes: 'downtimes',
  'money-leaks': 'money-leaks',
  trials: 'trials',
  sensors: 'sensors',
  connect: 'connections',
} as const satisfies Partial<Record<ServiceName, string>>;

/** How many write and look at once, and the services that are looked at: a gateway may be of a version without one. */
type Load = { readonly writers?: number; readonly services?: readonly string[] };

export class EverydayLoad {
  readonly lineId: string;
  /** The ids of the acknowledged stops. */
  readonly written: string[] = [];
  /** Answers that are not a success. */
  readonly refused: unknown[] = [];
  readonly #gateways: PlantOps[];
  readonly #writers: number;
  readonly #lookedAt: readonly (typeof LOOKED_AT)[keyof typeof LOOKED_AT][];
  #working: Promise<unknown>;
  #turn = 0;
  #isStopped = false;

  private constructor(gateways: PlantOps[], lineId: string, { writers, services }: Required<Load>) {
    this.#gateways = gateways;
    this.lineId = lineId;
    this.#writers = writers;
    this.#lookedAt = Object.entries(LOOKED_AT).flatMap(([service, path]) => (services.includes(service) ? [path] : []));
    this.#working = this.#workAll();
  }

  /** Creates a line and starts the load. */
  static async start(
    gatewayUrls: readonly string[],
    token: string,
    { writers = WRITERS, services = serviceNames }: Load = {},
  ): Promise<EverydayLoad> {
    const gateways = gatewayUrls.map((baseUrl) => createPlantOps({ baseUrl, token }));
    const [first] = gateways as [PlantOps];
    const { data: site } = await first.POST(`${BASE}/plants`, {
      body: { code: 'AKR', name: 'Akron', timezone: 'UTC' },
    });
    const { data: line } = await first.POST(`${BASE}/lines`, {
      body: { code: 'L1', plant_id: site?.id as string, name: 'L1', hourly_cost: 60, ideal_cycle_seconds: 1 },
    });
    return new EverydayLoad(gateways, line?.id as string, { writers, services });
  }

  /** Adds a gateway to send requests to. */
  addGateway(baseUrl: string, token: string): void {
    this.#gateways.push(createPlantOps({ baseUrl, token }));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#working;
  }

  /** Goes on after a stop. */
  resume(): void {
    this.#isStopped = false;
    this.#working = this.#workAll();
  }

  #workAll(): Promise<unknown> {
    return Promise.all(Array.from({ length: this.#writers }, () => this.#work()));
  }

  /** The number of stops and of postings. */
  async standing(): Promise<{ stops: number | undefined; postings: number | undefined }> {
    const [first] = this.#gateways as [PlantOps];
    const { data: list } = await first.GET(`${BASE}/downtimes`, {
      params: { query: { line_id: this.lineId, limit: 1 } },
    });
    const [from, to] = [new Date(START).toISOString(), new Date(START + 10 * 86_400_000).toISOString()];
    const { data: money } = await first.GET(`${BASE}/money-leaks/by-category`, {
      params: { query: { line_id: this.lineId, from, to } },
    });
    return { stops: list?.total, postings: money?.items[0]?.total };
  }

  async #work(): Promise<void> {
    while (!this.#isStopped) {
      this.#turn += 1;
      await this.#write(this.#turn);
      await this.#look(this.#turn);
    }
  }

  async #write(turn: number): Promise<void> {
    const at = START + turn * STEP_MS;
    const body = {
      line_id: this.lineId,
      start_time: new Date(at).toISOString(),
      end_time: new Date(at + STEP_MS / 2).toISOString(),
    };
    const headers = { 'Idempotency-Key': randomUUID() };
    const { data, error } = await this.#balanced(turn, (api) => api.POST(`${BASE}/downtimes`, { body, headers }));
    if (data) this.written.push(data.id);
    else this.refused.push(error);
  }

  async #look(turn: number): Promise<void> {
    for (const path of this.#lookedAt) {
      const { error } = await this.#balanced(turn, (api) => api.GET(`${BASE}/${path}`));
      if (error) this.refused.push({ path, error });
    }
  }

  /** Sends a request to one gateway, and to the next one when the connection is refused or closed. */
  async #balanced<T>(turn: number, ask: (api: PlantOps) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await ask(this.#gateways[(turn + attempt) % this.#gateways.length] as PlantOps);
      } catch (error) {
        const { cause } = error as { cause?: { code?: string } };
        if (attempt >= this.#gateways.length || !CONNECTION_CLOSED.has(cause?.code ?? '')) throw error;
      }
    }
  }
}

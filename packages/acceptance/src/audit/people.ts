/** People who find rows and change them over REST, as far as the plant accepts it. */
import type { PlantUnderTest } from '@plantops/testing/plant';
import type { Random } from '@plantops/fixtures';

export type Row = { id: string; line_id: string } & Record<string, string | number | boolean | null>;

/** Refusals are allowed, as long as each kind of change is accepted at least once. */
const REFUSED = new Set([400, 404, 409, 422]);

export class People {
  readonly random: Random;
  readonly #plant: PlantUnderTest;
  readonly #from: number;

  constructor(plant: PlantUnderTest, from: number, random: Random) {
    this.#plant = plant;
    this.#from = from;
    this.random = random;
  }

  /** Sends a command. Returns the row that it created or changed; undefined when it was refused. */
  async send(method: string, path: string, body?: object): Promise<Row | undefined> {
    const { status, body: answer } = await this.#plant.rest<Row>(method, path, body);
    if (status >= 300 && !REFUSED.has(status))
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return status < 300 ? answer : undefined;
  }

  /** A random row that fits; undefined when no row fits. */
  async find(path: string, fits: (row: Row) => boolean): Promise<Row | undefined> {
    const { body } = await this.#plant.rest<{ items: Row[] }>(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=300`,
    );
    const rows = body.items.filter(fits);
    return rows.length === 0 ? undefined : this.random.one(rows);
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#plant.rest<T>('GET', path)).body;
  }

  /** A random instant between two others. */
  between(from: unknown, to: unknown): string {
    const [start, end] = [from, to].map((at) => (typeof at === 'number' ? at : Date.parse(at as string))) as [
      number,
      number,
    ];
    return new Date(this.random.whole(start + 1, end - 1)).toISOString();
  }

  /** A random instant of the hour before now. */
  before(now: number): string {
    return this.between(this.#from, now);
  }
}

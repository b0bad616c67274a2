/** The stored rows of a plant at an instant, laid out by line, with the figures that are checked. */
import type { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { Life } from './life.ts';
import type { Posting } from './posting.ts';
import { postingsOf } from './postings.ts';
import { readRows } from './read-rows.ts';
import type { RawRows } from './raw-rows.ts';
import type { Ladder, Window } from './terms.ts';
import { unitsOf } from './units.ts';

export const TENANT = 'akron';
/** Shifts and days that overlap the hour begin at most two days before it. */
const BEFORE_MS = 48 * 3_600_000;

export type Scope = { readonly line_id?: string; readonly plant_id?: string; readonly product_id?: string };

export class Recomputed {
  readonly rows: RawRows;
  readonly now: number;
  readonly #from: number;
  readonly #beside: readonly Posting[];
  readonly #ladders = new Map<string, Ladder>();
  readonly #postings = new Map<string, readonly Posting[]>();

  /** `beside`: rows of the ledger that people recorded by hand, which are stored nowhere else. */
  constructor(rows: RawRows, from: number, now: number, beside: readonly Posting[] = []) {
    this.rows = rows;
    this.now = now;
    this.#from = from;
    this.#beside = beside;
  }

  static async read(tables: PlantTables, from: number, beside: readonly Posting[] = []): Promise<Recomputed> {
    return new Recomputed(await readRows(tables, TENANT), from, Date.now(), beside);
  }

  /** The same rows at a later instant. */
  at(now: number): Recomputed {
    return new Recomputed(this.rows, this.#from, now, this.#beside);
  }

  /** The ladders of the lines in a scope; each is computed once. */
  in({ line_id, plant_id }: Scope): Ladder[] {
    const lines = this.rows.lines.filter(
      (line) => (line_id ?? line.id) === line.id && (plant_id ?? line.plant_id) === line.plant_id,
    );
    return lines.map((line) => {
      let ladder = this.#ladders.get(line.id);
      if (ladder === undefined) {
        const life = new Life(this.rows, line, this.#from - BEFORE_MS, this.now);
        this.#ladders.set(line.id, (ladder = { life, units: unitsOf(life, this.rows.products) }));
      }
      return ladder;
    });
  }

  /** The rows that occurred in a window. */
  postingsIn(scope: Scope, { from, to }: Window): Posting[] {
    return this.in(scope)
      .flatMap((ladder) => this.#postingsOf(ladder))
      .filter(
        (row) => row.occurred >= from && row.occurred < to && (scope.product_id ?? row.product_id) === row.product_id,
      );
  }

  #postingsOf(ladder: Ladder): readonly Posting[] {
    const { id } = ladder.life.line;
    let postings = this.#postings.get(id);
    if (postings === undefined) {
      postings = [...postingsOf(ladder, this.rows.products), ...this.#beside.filter(({ line_id }) => line_id === id)];
      this.#postings.set(id, postings);
    }
    return postings;
  }
}

export const ALWAYS: Window = { from: -Infinity, to: Infinity };
export type Ask = <T>(path: string, query?: Readonly<Record<string, string | undefined>>) => Promise<T>;
export const askerOf =
  (plant: PlantUnderTest): Ask =>
  async <T>(path: string, query: Readonly<Record<string, string | undefined>> = {}) => {
    const parameters = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as [string, string]],
      ),
    );
    const { status, body } = await plant.rest<T>('GET', `${path}?${parameters.toString()}`, undefined, {
      role: 'viewer',
      tenant: TENANT,
    });
    if (status !== 200) throw new Error(`GET ${path}?${parameters.toString()}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
export const windowQuery = ({ from, to }: Window) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});
export const titleOf = (what: string, scope: Scope, { from, to }: Window): string =>
  `${what} ${JSON.stringify(scope)} ${new Date(from).toISOString()}..${new Date(to).toISOString()}`;

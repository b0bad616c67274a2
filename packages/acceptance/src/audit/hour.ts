/** The audited hour: it is played in quarters, corrected meanwhile, and checked as a whole and in parts. */
import type { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { HOUR_MS, makeMasterData, type MasterData } from './master-data.ts';
import { Meanwhile } from './meanwhile.ts';
import { People } from './people.ts';
import { Player } from './play.ts';
import type { Posting } from './posting.ts';
import { recordByHand } from './record-by-hand.ts';
import { waitForQuiet } from './quiet.ts';
import { Random } from '@plantops/fixtures';
import { auditSeed } from './audit-seed.ts';
import { ALWAYS, askerOf, TENANT, type Ask, type Recomputed, type Scope } from './recomputed.ts';
import { tapeOf } from './tape.ts';
import type { Window } from './terms.ts';

const MINUTE = 60_000;
const QUARTER_MS = HOUR_MS / 4;

export class Hour {
  readonly from: number;
  readonly ask: Ask;
  /** Losses that people recorded by hand: they are only in the ledger. */
  readonly beside: readonly Posting[];
  readonly #tables: PlantTables;
  readonly #data: MasterData;
  readonly player: Player;
  readonly meanwhile: Meanwhile;

  private constructor(
    tables: PlantTables,
    data: MasterData,
    parts: Pick<Hour, 'from' | 'ask' | 'beside' | 'player' | 'meanwhile'>,
  ) {
    this.#tables = tables;
    this.#data = data;
    this.from = parts.from;
    this.ask = parts.ask;
    this.beside = parts.beside;
    this.player = parts.player;
    this.meanwhile = parts.meanwhile;
  }

  static async begin(plant: PlantUnderTest, tables: PlantTables): Promise<Hour> {
    const random = new Random(auditSeed());
    const from = Math.floor(Date.now() / MINUTE) * MINUTE - HOUR_MS;
    const data = await makeMasterData(plant, from);
    const player = await Player.connect(await plant.ready(), TENANT, tapeOf(data.lines, from, random));
    const ask = askerOf(plant);
    const beside = await recordByHand(plant, data, from);
    const people = new People(plant, from, random);
    return new Hour(tables, data, { from, ask, beside, player, meanwhile: new Meanwhile(people, data, ask) });
  }

  get window(): Window {
    return { from: this.from, to: this.from + HOUR_MS };
  }

  /** Windows that begin and end anywhere, also in the middle of stops and batches. */
  get cuts(): Window[] {
    const at = [0, 17 * MINUTE + 23_457, 41 * MINUTE + 1, HOUR_MS].map((after) => this.from + after);
    return at.slice(1).map((to, index) => ({ from: at[index] as number, to }));
  }

  get lineScopes(): Scope[] {
    return this.#data.lines.map(({ id }) => ({ line_id: id }));
  }

  get scopes(): Scope[] {
    return [...this.lineScopes, ...this.#data.plants.map((plant_id) => ({ plant_id })), {}];
  }

  get plants(): { roundTheClock: string; overMidnight: string } {
    const [, roundTheClock = '', overMidnight = ''] = this.#data.plants;
    return { roundTheClock, overMidnight };
  }

  /** The id of the product FULL. */
  get product(): string {
    return this.#data.products[0]?.id ?? '';
  }

  get productScopes(): Scope[] {
    return this.#data.products.map(({ id }) => ({ product_id: id }));
  }

  /** Plays a quarter of the hour, with corrections; then waits until all of it is consumed. */
  async playQuarter(quarter: number): Promise<void> {
    const [from, until] = [this.from + (quarter - 1) * QUARTER_MS, this.from + quarter * QUARTER_MS];
    const pause = new AbortController();
    const others = this.meanwhile.untilPause(until, pause.signal);
    // When the tape ends or fails, the corrections end too.
    await this.player.playUntil(from, until).finally(() => pause.abort());
    await others;
    await this.quiet();
  }

  /** Makes each kind of correction that has not occurred yet, and waits until everything is consumed. */
  async finish(): Promise<void> {
    await this.meanwhile.makeUpFor(this.window.to);
    await this.quiet();
  }

  async quiet(): Promise<void> {
    await waitForQuiet(this.#tables, TENANT, await this.player.mark());
  }

  missing(known: Recomputed): string[] {
    const states = new Set(known.in({}).flatMap(({ life }) => life.moments.map(({ state }) => state as string)));
    const categories = new Set(known.postingsIn({}, ALWAYS).map(({ category }) => category));
    const wanted = [
      'no_shift',
      'excluded',
      'planned_stop',
      'changeover',
      'ramp_up',
      'stop',
      'delay',
      'micro_stop',
      'running',
      'unassigned',
    ];
    const losses = [
      'downtime_loss',
      'changeover_loss',
      'speed_loss',
      'scrap_loss',
      'quality_loss',
      'startup_loss',
      'yield_loss',
    ];
    return [
      ...wanted.filter((state) => !states.has(state)),
      ...losses.filter((category) => !categories.has(category)),
      ...this.meanwhile.undone,
    ];
  }

  close(): Promise<void> {
    return this.player.close();
  }
}

/** Work while the lines run: people make corrections, and reconciliation is polled, as by a dashboard. */
import { setTimeout as delay } from 'node:timers/promises';
import { askReconciliation } from './check-legs.ts';
import { correctionsBy } from './corrections.ts';
import type { MasterData } from './master-data.ts';
import type { People } from './people.ts';
import type { Ask } from './recomputed.ts';

const CORRECT_EVERY_MS = 400;
const POLL_EVERY_MS = 1_000;
const MOST_ROUNDS = 20;

export class Meanwhile {
  /** The imbalances that were seen while events were being consumed. */
  readonly polled: number[] = [];
  readonly #people: People;
  readonly #data: MasterData;
  readonly #ask: Ask;
  readonly #corrections: ReturnType<typeof correctionsBy>;
  readonly #done = new Set<string>();
  #next = 0;

  constructor(people: People, data: MasterData, ask: Ask) {
    this.#people = people;
    this.#data = data;
    this.#ask = ask;
    this.#corrections = correctionsBy(people, data);
  }

  /** Kinds of corrections that were never accepted yet. */
  get undone(): string[] {
    return this.#names.filter((name) => !this.#done.has(name));
  }

  get #names(): string[] {
    return Object.keys(this.#corrections);
  }

  async untilPause(now: number, pause: AbortSignal): Promise<void> {
    await Promise.all([
      repeat(CORRECT_EVERY_MS, pause, () =>
        this.#make(this.#names[(this.#next += 1) % this.#names.length] as string, now),
      ),
      repeat(POLL_EVERY_MS, pause, async () => {
        this.polled.push(
          (await askReconciliation(this.#ask, {}, { from: now - DAY_MS, to: now + DAY_MS })).imbalance_minutes,
        );
      }),
    ]);
  }

  async makeUpFor(now: number): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) for (const name of this.undone) await this.#make(name, now);
  }

  async #make(name: string, now: number): Promise<void> {
    const isAccepted = await this.#corrections[name]?.(this.#people.random.one(this.#data.lines).id, now);
    if (isAccepted) this.#done.add(name);
  }
}

const DAY_MS = 86_400_000;
async function repeat(everyMs: number, until: AbortSignal, what: () => Promise<void>): Promise<void> {
  while (!until.aborted) {
    await what();
    await delay(everyMs, undefined, { signal: until }).catch(() => undefined);
  }
}

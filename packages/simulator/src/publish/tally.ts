/** Counts the results of the lines of a file, and summarizes them. */
export class Tally {
  /** The number of the last line that was read. */
  lastLine = 0;
  acknowledged = 0;
  /** Acknowledged, but stored by the broker before. */
  duplicates = 0;
  /** Lines that could not be sent, and messages that the broker refused. */
  refused = 0;
  /** Messages without an answer. */
  unanswered = 0;
  /** Why publishing ended before the last line. */
  stoppedBecause: string | undefined;
  readonly #rejectedIds = new Set<string>();
  readonly #examples: string[] = [];

  /** Counts a line that is not stored. */
  refuse(what: string, reason: string): void {
    this.refused += 1;
    this.#show(`${what} ${reason}`);
  }

  /** Counts an event that PlantOps rejected. PlantOps may report it more than once. */
  reject(id: string, what: string, reason: string): void {
    if (this.#rejectedIds.has(id)) return;
    this.#rejectedIds.add(id);
    this.#show(`event ${id} (${what}): ${reason}`);
  }

  get rejected(): number {
    return this.refused + this.#rejectedIds.size;
  }

  /** Every line is counted once: a rejected event does not count as stored, although the broker acknowledged it. */
  get stored(): number {
    return Math.max(this.acknowledged - this.#rejectedIds.size, 0);
  }

  get isComplete(): boolean {
    return this.rejected === 0 && this.stoppedBecause === undefined;
  }

  /** Returns the examples, then the sums. */
  summary(): string[] {
    const more = this.rejected - this.#examples.length;
    const known = this.duplicates > 0 ? ` (${this.duplicates} of them the broker had already)` : '';
    return [
      ...this.#examples.map((example) => `rejected: ${example}`),
      ...(more > 0 ? [`rejected: ${more} more; see /api/v1/plant-ops/ingest/rejections`] : []),
      `${this.stored} stored${known}, ${this.rejected} rejected${this.unanswered > 0 ? `, ${this.unanswered} not stored` : ''}`,
      ...(this.stoppedBecause === undefined
        ? []
        : [`Stopped after line ${this.lastLine}: ${this.stoppedBecause}`, AGAIN]),
    ];
  }

  #show(example: string): void {
    if (this.#examples.length < EXAMPLES) this.#examples.push(example);
  }
}

const EXAMPLES = 20;
const AGAIN = 'Correct this and send the whole file again: events that are stored already do not count twice.';

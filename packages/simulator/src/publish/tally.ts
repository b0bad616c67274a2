/** What became of the lines of a file, and how that is told. */
export class Tally {
  /** The number of the last line that was read. */
  lastLine = 0;
  acknowledged = 0;
  /** Acknowledged, and known to the broker before. */
  duplicates = 0;
  /** Lines that could not be sent, and messages the broker refused. */
  refused = 0;
  /** Sent again and again without an answer. */
  unanswered = 0;
  /** Why it ended before the last line. */
  stoppedBecause: string | undefined;
  readonly #rejectedIds = new Set<string>();
  readonly #examples: string[] = [];

  /** A line that is not stored, and why. */
  refuse(what: string, reason: string): void {
    this.refused += 1;
    this.#show(`${what} ${reason}`);
  }

  /** PlantOps answered that it cannot apply an event. It may say so more than once. */
  reject(id: string, what: string, reason: string): void {
    if (this.#rejectedIds.has(id)) return;
    this.#rejectedIds.add(id);
    this.#show(`event ${id} (${what}): ${reason}`);
  }

  get rejected(): number {
    return this.refused + this.#rejectedIds.size;
  }

  /** Every line is counted once: what PlantOps rejects is not stored, although the broker had acknowledged it. */
  get stored(): number {
    return Math.max(this.acknowledged - this.#rejectedIds.size, 0);
  }

  get isComplete(): boolean {
    return this.rejected === 0 && this.stoppedBecause === undefined;
  }

  /** The examples, then the sums. */
  summary(): string[] {
    const more = this.rejected - this.#examples.length;
    const known = this.duplicates > 0 ? ` (${this.duplicates} of them the broker had already)` : '';
    return [
      ...this.#examples.map((example) => `rejected: ${example}`),
      ...(more > 0 ? [`rejected: ${more} more; see /api/v1/plant-ops/ingest/rejections`] : []),
      `${this.stored} stored${known}, ${this.rejected} rejected${this.unanswered > 0 ? `, ${this.unanswered} not stored` : ''}`,
      ...(this.stoppedBecause === undefined ? [] : [`Stopped after line ${this.lastLine}: ${this.stoppedBecause}`, AGAIN]),
    ];
  }

  #show(example: string): void {
    if (this.#examples.length < EXAMPLES) this.#examples.push(example);
  }
}

const EXAMPLES = 20;
const AGAIN = 'Send the whole file again once that is mended: what is stored already will not count twice.';

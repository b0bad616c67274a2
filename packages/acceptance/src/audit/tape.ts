/**
 * The line events of four lines in an hour. The same seed gives the same tape. Some events are sent late, twice, or out
 * of order.
 */
import { HOUR_MS, REASONS, type AuditedLine } from './master-data.ts';
import { Random } from '@plantops/fixtures';

const MINUTE = 60_000;
type Body = { readonly id: string } & Readonly<Record<string, unknown>>;
/** A line event, and when it is sent. */
export type TapeEvent = { readonly sentAt: number; readonly line: string; readonly kind: string; readonly body: Body };
export type Tape = readonly TapeEvent[];

const CATEGORIES = [
  'mechanical',
  'electrical',
  'no_material',
  'quality',
  'starved',
  'blocked',
  'other',
  'safety',
  'break',
  'changeover',
];
const STATES = ['stopped', 'idle', 'changeover', 'planned_stop', 'starved', 'blocked'] as const;
const PRODUCTS = ['FULL', 'MATERIAL', 'PLAIN'];

class LineTape {
  readonly events: TapeEvent[] = [];
  readonly #random: Random;
  readonly #line: AuditedLine;
  readonly #from: number;
  readonly #to: number;
  #next = 0;

  constructor(line: AuditedLine, from: number, random: Random) {
    this.#line = line;
    this.#random = random;
    this.#from = from;
    this.#to = from + HOUR_MS;
    this.#batches();
    if (line.style === 'states') this.#states();
    for (let count = line.style === 'stops' ? 26 : 8; count > 0; count -= 1) this.#stop();
    if (line.style === 'stops') this.#openStop();
  }

  /** Adds an event. Most are sent at once, some minutes later, but not after the end of the hour. */
  #add(kind: string, at: number, body: Record<string, unknown>): void {
    const random = this.#random;
    const late = random.chance(0.75)
      ? random.whole(0, 5_000)
      : random.chance(0.8)
        ? random.whole(0, 4 * MINUTE)
        : random.whole(0, 20 * MINUTE);
    const event = {
      line: this.#line.code,
      kind,
      body: { ...body, id: `${this.#line.code}/${kind}/${(this.#next += 1)}` },
    };
    const sentAt = Math.min(at + late, this.#to);
    this.events.push({ ...event, sentAt });
    if (random.chance(0.05))
      this.events.push({ ...event, sentAt: Math.min(sentAt + random.whole(0, 3 * MINUTE), this.#to) });
  }

  /** Adds batches: with totals and without, ended by the next one's start, and still running at the end of the hour. */
  #batches(): void {
    const random = this.#random;
    let start = this.#from + random.whole(5_000, 3 * MINUTE);
    for (let number = 1; start < this.#to - MINUTE; number += 1) {
      const batch_number = `${this.#line.code}-${number}`;
      const end = start + random.whole(4 * MINUTE, 12 * MINUTE);
      this.#add('batch.started', start, { batch_number, at: iso(start), product_code: random.one(PRODUCTS) });
      const isSilent = random.chance(0.12);
      const made = isSilent ? { good: 0, reject: 0 } : this.#units(batch_number, start, Math.min(end, this.#to));
      if (end < this.#to) {
        const completed = end + (random.chance(0.2) ? random.whole(0, 90_000) : 0);
        if (completed < this.#to)
          this.#add('batch.completed', completed, {
            batch_number,
            at: iso(completed),
            ...(isSilent ? {} : this.#totals(made)),
          });
      }
      this.#interruptions(batch_number, start, Math.min(end, this.#to));
      start = end + (random.chance(0.5) ? random.whole(1, 3 * MINUTE) : 0);
    }
    if (!this.#line.isLoose) return;
    for (let count = random.whole(2, 5); count > 0; count -= 1) this.#count(random.whole(this.#from + 1, this.#to), {});
    this.#scrap(random.whole(this.#from + 1, this.#to), { product_code: random.one(PRODUCTS) });
  }

  /** Adds a pause, which may not end, a second start, or another batch that has the line for a while, or to its end. */
  #interruptions(batch_number: string, from: number, to: number): void {
    const random = this.#random;
    const at = random.whole(from + 1_000, to - 2_000);
    const later = random.whole(at, to - 1_000);
    const say = (kind: string, instant: number, more: object = {}) =>
      this.#add(kind, instant, { batch_number, at: iso(instant), ...more });
    if (random.chance(0.25)) {
      say('batch.paused', at);
      if (random.chance(0.8)) say(random.chance(0.3) ? 'batch.started' : 'batch.resumed', later);
    }
    if (random.chance(0.7)) return;
    const urgent = { batch_number: `${batch_number}-urgent` };
    say('batch.started', at, { ...urgent, product_code: random.one(PRODUCTS) });
    if (random.chance(0.8)) say('batch.completed', later + 500, { ...urgent, good_count: random.whole(0, 30) });
  }

  #count(at: number, named: object): { good: number; reject: number } {
    const units = { good: this.#random.whole(0, 40), reject: this.#random.chance(0.5) ? this.#random.whole(0, 4) : 0 };
    this.#add('count', at, { at: iso(at), ...units, ...named });
    return units;
  }

  #scrap(at: number, named: object): void {
    const random = this.#random;
    const disposition = random.one(['scrap', 'scrap', 'rework', 'downgrade']);
    const unit_cost = random.chance(0.3) ? { unit_cost: random.whole(0, 30_000) / 10_000 } : {};
    this.#add('scrap', at, {
      at: iso(at),
      quantity: random.whole(1, 6),
      disposition,
      phase: random.chance(0.2) ? 'startup' : 'production',
      ...unit_cost,
      ...named,
    });
  }

  #units(batch_number: string, from: number, to: number): { good: number; reject: number } {
    const random = this.#random;
    const sum = { good: 0, reject: 0 };
    for (let at = from + random.whole(1, MINUTE); at < to + 20_000; at += random.whole(20_000, 90_000)) {
      const { good, reject } = this.#count(Math.min(at, this.#to), random.chance(0.8) ? { batch_number } : {});
      sum.good += good;
      sum.reject += reject;
      if (random.chance(0.25))
        this.#scrap(random.whole(from, Math.min(to + 60_000, this.#to)), random.chance(0.8) ? { batch_number } : {});
    }
    return sum;
  }

  #totals({ good, reject }: { good: number; reject: number }): object {
    const random = this.#random;
    if (random.chance(0.3)) return {};
    const some = (share: number, value: object) => (random.chance(share) ? value : {});
    return {
      ...some(0.8, { good_count: Math.max(0, good + random.whole(-12, 40)) + random.whole(0, 4) / 4 }),
      ...some(0.6, { scrap_count: Math.max(0, reject + random.whole(-3, 8)) }),
      ...some(0.4, { startup_scrap_count: random.whole(0, 5) }),
      ...some(0.4, { rework_count: random.whole(0, 5) }),
      ...some(0.5, { material_input: good + reject + random.whole(-5, 60) }),
    };
  }

  /**
   * Adds a stop: of any length around the threshold, overlapping, planned, excluded, at startup; as one event or as a
   * start and an end.
   */
  #stop(): void {
    const random = this.#random;
    const start = random.whole(this.#from, this.#to - MINUTE);
    const length = random.chance(0.35)
      ? random.whole(1_000, 60_000)
      : random.whole(30_000, random.chance(0.15) ? 8 * MINUTE : 3 * MINUTE);
    const end = Math.min(start + length, this.#to);
    const reason = random.chance(0.5)
      ? { reason_category: random.one(CATEGORIES) }
      : { reason_code: random.one(REASONS).code };
    const more = {
      ...reason,
      ...(random.chance(0.1) ? { is_planned: random.chance(0.5) } : {}),
      ...(random.chance(0.12) ? { phase: 'startup' } : {}),
    };
    const times = { start_time: iso(start), end_time: iso(end) };
    if (random.chance(0.5)) return this.#add('downtime.ended', end, { ...times, ...more });
    const downtime_ref = `${this.#line.code}/stop/${this.#next}`;
    this.#add('downtime.started', start, { downtime_ref, at: times.start_time, ...more });
    this.#add('downtime.ended', end, { downtime_ref, end_time: times.end_time });
  }

  #openStop(): void {
    const start = this.#to - this.#random.whole(3 * MINUTE, 12 * MINUTE);
    this.#add('downtime.started', start, {
      downtime_ref: `${this.#line.code}/open`,
      at: iso(start),
      reason_code: this.#random.one(['JAM', 'PLC']),
    });
  }

  #states(): void {
    const random = this.#random;
    for (let at = this.#from + 1; at < this.#to;) {
      const state = random.chance(0.5) ? 'running' : random.one(STATES);
      const code =
        state === 'stopped' && random.chance(0.5) ? { reason_code: random.one(['JAM', 'STORM', 'unheard of']) } : {};
      this.#add('state', at, { at: iso(at), state, ...code });
      at += state === 'running' ? random.whole(MINUTE, 4 * MINUTE) : random.whole(5_000, 2 * MINUTE);
    }
  }
}

const iso = (at: number): string => new Date(at).toISOString();

export const tapeOf = (lines: readonly AuditedLine[], from: number, random: Random): Tape =>
  lines.flatMap((line) => new LineTape(line, from, random).events).sort((a, b) => a.sentAt - b.sentAt);

/**
 * When the batches of a line run: a function of the words about them (start, pause, resume, end), whatever their order
 * of arrival. Instants are milliseconds since 1970; intervals are half-open.
 *
 * Of the batches that have begun and neither ended nor paused, the one that was started or resumed last has the line.
 */

/** The words about a batch. */
export type Course = {
  readonly id: string;
  readonly batch_number: string;
  readonly started_at: number;
  /** When it was completed or cancelled, or was cut for good; null: nobody has ended it. */
  readonly ended_at: number | null;
  readonly pauses: readonly number[];
  /** Also its starts after the first one. */
  readonly resumes: readonly number[];
  /** The last count of units that names it; null: none. */
  readonly counted_at: number | null;
};

export type Run = { readonly from: number; readonly to: number | null };

export type Outcome = {
  readonly runs: readonly Run[];
  /** Whether it has not ended and its last word is a pause. */
  readonly is_paused: boolean;
  readonly is_interrupted: boolean;
  /** Where nobody ended it: it was interrupted, and then a third batch started, so it ended where it was last heard of. */
  readonly cut: Cut | null;
};
/** `since`: the start of the third batch, which made it end. */
export type Cut = { readonly at: number; readonly since: number };

/** A batch took the line: it was started or resumed. */
type Take = { readonly at: number; readonly of: Course; readonly is_start: boolean };

/** Negative: the first one took the line before the other; of one instant the higher batch number is the later. */
const byTime = (a: Take, b: Take): number =>
  a.at - b.at || (a.of.batch_number < b.of.batch_number ? -1 : a.of.batch_number > b.of.batch_number ? 1 : 0);

/**
 * What follows for each batch, by its id. The batches are all those of a line that overlap in time. Each word is looked at
 * a few times, however many others there are; only sorting them costs more.
 */
export function outcomesOf(courses: readonly Course[]): Map<string, Outcome> {
  const takes = courses.flatMap(takesOf).sort(byTime);
  const cuts = cutsOf(takes);
  const endOf = (course: Course): number => course.ended_at ?? cuts.get(course)?.at ?? Infinity;
  const runs = layRuns(courses, takes, endOf);
  return new Map(
    courses.map((course) => {
      const own = runs.get(course) ?? [];
      const cut = cuts.get(course) ?? null;
      const has_ended = course.ended_at !== null || cut !== null;
      const is_paused = !has_ended && isPausedAtLast(course);
      const is_interrupted = !has_ended && !is_paused && own.at(-1)?.to !== null;
      return [course.id, { runs: own, is_paused, is_interrupted, cut }];
    }),
  );
}

/**
 * Where nobody has ended a batch: the instant from which it no longer wants the line, and none that starts can cut it;
 * null: none. When it ran changes after that only as far as another batch that had the line before is cut.
 */
export function settledAt(course: Course, { cut, is_paused }: Outcome): number | null {
  if (course.ended_at !== null) return null;
  if (cut !== null) return Math.max(cut.since + 1, cut.at);
  return is_paused ? Math.max(...course.pauses) : null;
}

/** The time in which two lists of runs differ; null: they are the same. */
export function differenceOf(before: readonly Run[], after: readonly Run[]): Run | null {
  const edges = (runs: readonly Run[]) =>
    runs.flatMap(({ from, to }) => [
      { at: from, key: `from ${from}` },
      { at: to ?? Infinity, key: `to ${to}` },
    ]);
  const [was, is] = [edges(before), edges(after)];
  const others = (of: typeof was, than: typeof was) => {
    const keys = new Set(than.map(({ key }) => key));
    return of.filter(({ key }) => !keys.has(key));
  };
  const differing = [...others(was, is), ...others(is, was)].map(({ at }) => at);
  if (differing.length === 0) return null;
  const to = Math.max(...differing);
  return { from: Math.min(...differing), to: to === Infinity ? null : to };
}

/** Words count from the start to the end. */
const isWithin = ({ started_at, ended_at }: Course, at: number): boolean =>
  at > started_at && at < (ended_at ?? Infinity);

function takesOf(course: Course): Take[] {
  const resumed = course.resumes.filter((at) => isWithin(course, at));
  return [
    { at: course.started_at, of: course, is_start: true },
    ...resumed.map((at) => ({ at, of: course, is_start: false })),
  ];
}

const latest = (words: readonly number[]): number => words.reduce((last, at) => Math.max(last, at), -Infinity);

/** Paused and resumed at one instant, it runs. */
function isPausedAtLast(course: Course): boolean {
  const last = (words: readonly number[]) => latest(words.filter((at) => isWithin(course, at)));
  return last(course.pauses) > last(course.resumes);
}

/** Where the batches ended that nobody ended. */
function cutsOf(takes: readonly Take[]): Map<Course, Cut> {
  const cuts = new Map<Course, Cut>();
  const seen = new Set<Course>();
  // The next two starts after a take: one of them is not of the batch that took the line there.
  let [next, second]: (Take | undefined)[] = [];
  for (const [index, take] of [...takes.entries()].toReversed()) {
    const lost = takes[index + 1];
    if (!seen.has(take.of) && lost !== undefined) {
      const third = next?.of === lost.of ? second : next;
      const cut = third && cutOf(take, lost, third);
      if (cut) cuts.set(take.of, cut);
    }
    seen.add(take.of);
    if (take.is_start) [next, second] = [take, next];
  }
  return cuts;
}

/**
 * A batch was interrupted by the first batch that took the line after its own last start or resumption, and not paused
 * when a third one started: it ended there, or with a later pause or count of its own.
 */
function cutOf({ of: course, at: own }: Take, lost: Take, third: Take): Cut | null {
  if (course.ended_at !== null) return null;
  const pauses = course.pauses.filter((at) => at > own);
  if (pauses.some((at) => at <= third.at)) return null;
  return { at: Math.max(lost.at, course.counted_at ?? -Infinity, latest(pauses)), since: third.at };
}

/** At each instant the batch that took the line last, of those that have neither ended nor paused, has it. */
function layRuns(
  courses: readonly Course[],
  takes: readonly Take[],
  endOf: (course: Course) => number,
): Map<Course, Run[]> {
  const turns = turnsOf(courses, takes, endOf);
  const runs = new Map<Course, { from: number; to: number | null }[]>();
  const line = new Line();
  for (const [index, { at: from, of, is_take }] of turns.entries()) {
    if (is_take) line.take(of);
    else line.leave(of);
    const to = turns[index + 1]?.at ?? null;
    const holder = to === from ? undefined : line.holder();
    if (holder === undefined) continue;
    const own = runs.get(holder) ?? [];
    const last = own.at(-1);
    if (last?.to === from) last.to = to;
    else own.push({ from, to });
    runs.set(holder, own);
  }
  return runs;
}

/** A batch takes the line or leaves it. */
type Turn = { readonly at: number; readonly of: Course; readonly is_take: boolean };

/** In order of time. Of one instant pauses come first, as a resumption takes them back, and ends last. */
function turnsOf(courses: readonly Course[], takes: readonly Take[], endOf: (course: Course) => number): Turn[] {
  const leave = (of: Course) => (at: number) => ({ at, of, is_take: false });
  const pauses = courses.flatMap((of) => of.pauses.filter((at) => isWithin(of, at)).map(leave(of)));
  const ends = courses.map((of) => leave(of)(endOf(of))).filter(({ at }) => at !== Infinity);
  return [...pauses, ...takes.map(({ at, of }) => ({ at, of, is_take: true })), ...ends].sort((a, b) => a.at - b.at);
}

/** Who wants the line. */
class Line {
  /** In the order in which they took it; those that left it or took it again later are removed when they come last. */
  readonly #taken: Course[] = [];
  /** Where in that list those stand that want it. */
  readonly #wanting = new Map<Course, number>();

  take(course: Course): void {
    this.#wanting.set(course, this.#taken.push(course) - 1);
  }

  leave(course: Course): void {
    this.#wanting.delete(course);
  }

  /** The last one that took it and wants it. */
  holder(): Course | undefined {
    for (let last = this.#taken.at(-1); last !== undefined; last = this.#taken.at(-1)) {
      if (this.#wanting.get(last) === this.#taken.length - 1) return last;
      this.#taken.pop();
    }
    return undefined;
  }
}

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

/** What follows for each batch, by its id. The batches are all those of a line that overlap in time. */
export function outcomesOf(courses: readonly Course[]): Map<string, Outcome> {
  const takes = courses.flatMap(takesOf).sort(byTime);
  const cuts = new Map(courses.map((course) => [course, cutOf(course, takes)]));
  const endOf = (course: Course): number => course.ended_at ?? cuts.get(course)?.at ?? Infinity;
  const runs = layRuns(courses, takes, endOf);
  return new Map(
    courses.map((course) => {
      const own = runs.get(course) ?? [];
      const cut = cuts.get(course) ?? null;
      const has_ended = course.ended_at !== null || cut !== null;
      const is_paused = !has_ended && isPausedAt(course, Infinity);
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

/** Paused and resumed at one instant, it runs. */
function isPausedAt(course: Course, at: number): boolean {
  const last = (words: readonly number[]) =>
    words.reduce(
      (latest, word) => (word <= at && isWithin(course, word) && word > latest ? word : latest),
      course.started_at,
    );
  return last(course.pauses) > last(course.resumes);
}

/**
 * Where a batch ended that nobody ended. It was interrupted by the first batch that took the line after its own last
 * start or resumption, and not paused when a third one started: it ended there, or with a later pause or count of its own.
 */
function cutOf(course: Course, takes: readonly Take[]): Cut | null {
  if (course.ended_at !== null) return null;
  const own = takes.findLastIndex(({ of }) => of === course);
  const lost = takes[own + 1];
  if (lost === undefined) return null;
  const third = takes.slice(own + 2).find(({ of, is_start }) => is_start && of !== lost.of);
  const pauses = course.pauses.filter((at) => at > (takes[own] as Take).at);
  if (third === undefined || pauses.some((at) => at <= third.at)) return null;
  const at = Math.max(lost.at, course.counted_at ?? -Infinity, ...pauses);
  return { at, since: third.at };
}

/** At each instant the batch that took the line last, of those that have neither ended nor paused, has it. */
function layRuns(
  courses: readonly Course[],
  takes: readonly Take[],
  endOf: (course: Course) => number,
): Map<Course, Run[]> {
  const edges = new Set<number>();
  for (const { at } of takes) edges.add(at);
  for (const course of courses) {
    const end = endOf(course);
    if (end !== Infinity) edges.add(end);
    for (const at of course.pauses) if (isWithin(course, at)) edges.add(at);
  }
  const instants = [...edges].sort((a, b) => a - b);
  const runs = new Map<Course, { from: number; to: number | null }[]>();
  const line = new Line(takes, endOf);
  for (const [index, from] of instants.entries()) {
    const holder = line.holderAt(from);
    if (holder === undefined) continue;
    const to = instants[index + 1] ?? null;
    const own = runs.get(holder) ?? [];
    const last = own.at(-1);
    if (last?.to === from) last.to = to;
    else own.push({ from, to });
    runs.set(holder, own);
  }
  return runs;
}

/** Who wants the line, the last to take it first. Instants must be asked for in ascending order. */
class Line {
  readonly #takes: readonly Take[];
  readonly #endOf: (course: Course) => number;
  #next = 0;
  #wanting: Course[] = [];

  constructor(takes: readonly Take[], endOf: (course: Course) => number) {
    this.#takes = takes;
    this.#endOf = endOf;
  }

  holderAt(at: number): Course | undefined {
    for (let take = this.#takes[this.#next]; take !== undefined && take.at <= at; take = this.#takes[this.#next]) {
      const { of } = take;
      this.#wanting = [of, ...this.#wanting.filter((other) => other !== of)];
      this.#next += 1;
    }
    this.#wanting = this.#wanting.filter((course) => this.#endOf(course) > at);
    return this.#wanting.find((course) => !isPausedAt(course, at));
  }
}

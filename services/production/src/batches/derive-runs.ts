/** When the batches of a line ran, derived again around a batch whose words change. Call under `lockLineEvents`. */
import {
  batchAmended,
  MOST_BATCH_RUNS,
  MOST_BATCH_WORDS,
  MOST_LINE_WORDS,
  Problem,
  type BatchRow,
} from '@plantops/contracts';
import { announce, announcement, records, sql, updateRow, type Cause, type Tx } from '@plantops/persistence';
import { Batch } from './batch.table.ts';
import { courseOf, lastCountNaming, readCourses, type Courses, type Stored, type Window } from './read-courses.ts';
import { differenceOf, outcomesOf, settledAt, type Course, type Outcome, type Run } from './runs.rules.ts';

/** Each round reaches further back; nearly all end with the first one. */
const MOST_ROUNDS = 1_000;

type RunFields = Pick<BatchRow, 'status' | 'runs' | 'interrupted' | 'cut_at'>;
type Settled = { readonly id: string; readonly settled_at: string | null };
export type Derived = {
  /** When the batch itself runs, and what it is then. */
  readonly own: RunFields;
  /** The other batches of its line that run at other times because of it. */
  readonly others: readonly { readonly row: BatchRow; readonly changes: RunFields }[];
  readonly settled: readonly Settled[];
  /** The batches that overlap it, as they were. */
  readonly near: readonly BatchRow[];
};

/** That a batch was paused or resumed at an instant. */
export type Word = { readonly word: 'pause' | 'resume'; readonly at: string };

/** `word`: another one about the batch; `read`: the batches around it, where they were read already. */
type With = { readonly word?: Word | undefined; readonly read?: Courses | undefined };

/**
 * When a batch runs as it will be, and what that changes for the others of its line. Throws `invalid` where a batch would
 * have too many words or runs, or those that overlap it too many words together.
 */
export async function deriveRuns(
  tx: Tx,
  before: BatchRow | undefined,
  after: BatchRow,
  { word, read }: With = {},
): Promise<Derived> {
  const { line_id } = after;
  // One that others cut may last longer by what is said of it now.
  const whole = [before, after].flatMap((row) =>
    row === undefined || row.started_at === null ? [] : hullOf({ ...row, cut_at: null }),
  );
  const isOpen = whole.some(({ to }) => to === null);
  const said = [...whole.map(({ from }) => from), word?.at ?? ''].toSorted().at(-1) as string;
  const open = isOpen ? { id: after.id, after: said } : undefined;
  let window = enclosing(whole);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const isRead = round === 0 && isOpen && read !== undefined;
    const { batches, until } = isRead ? read : await readCourses(tx, { line_id, ...window, open });
    window = { ...window, to: until };
    const known = batches.find(({ row }) => row.id === after.id);
    const own = withWord(await courseWith(tx, known, after, until), word);
    const others = batches.filter(({ row }) => row.id !== after.id);
    const courses = [own, ...others.map(({ course }) => course), ...(await beside(tx, after, others, window))];
    if (word !== undefined) limitWords(own, courses);
    const outcomes = outcomesOf(courses);
    const wider = enclosing([window, ...reachOf(own, others, outcomes)]);
    if (wider.from === window.from && wider.to === window.to)
      return changesOf({ row: after, settled_at: known?.settled_at ?? null, course: own }, others, outcomes);
    window = wider;
  }
  throw new Error(`the runs of batch ${after.id} reach too many batches of its line`);
}

const heardIn = ({ pauses, resumes, counted_at }: Course) => ({ pauses, resumes, counted_at });

/** Only one that two others followed can be cut: before it is linked to its units, it is asked for the last of them. */
async function courseWith(tx: Tx, known: Stored | undefined, after: BatchRow, until: string | null): Promise<Course> {
  if (known !== undefined) return { ...courseOf(after), ...heardIn(known.course) };
  return { ...courseOf(after), counted_at: until === null ? null : await lastCountNaming(tx, after) };
}

function withWord(course: Course, said: Word | undefined): Course {
  if (said === undefined) return course;
  const { pauses, resumes } = course;
  const at = Date.parse(said.at);
  if ((said.word === 'pause' ? pauses : resumes).includes(at)) return course;
  if (pauses.length + resumes.length >= MOST_BATCH_WORDS)
    throw new Problem(
      'invalid',
      `batch ${course.batch_number} was paused and resumed ${MOST_BATCH_WORDS} times already, the most there is: complete it`,
    );
  return said.word === 'pause' ? { ...course, pauses: [...pauses, at] } : { ...course, resumes: [...resumes, at] };
}

/** The first start and the end of a batch add no such words, and ending batches is the remedy: they are always accepted. */
function limitWords({ batch_number }: Course, courses: readonly Course[]): void {
  const words = courses.reduce((sum, { pauses, resumes }) => sum + pauses.length + resumes.length, 0);
  if (words > MOST_LINE_WORDS)
    throw new Problem(
      'invalid',
      `batch ${batch_number} and those of its line that overlap it were paused and resumed ${MOST_LINE_WORDS} times already, the most there is: complete them`,
    );
}

/** Stores that a batch was paused or resumed; the same again changes nothing. */
export async function storeWord(tx: Tx, batchId: string, { word, at }: Word): Promise<void> {
  await tx.query(sql`
    insert into batch_word (tenant_id, batch_id, at, word)
    values (${tx.tenant}, ${batchId}, ${at}, ${word})
    on conflict do nothing`);
}

/** Writes what a batch changes for the others of its line, and announces it. */
export async function saveDerived(tx: Tx, { others, settled }: Derived, author: Cause, now: string): Promise<void> {
  for (const { row, changes } of others) {
    const amended = await updateRow(tx, Batch, row, changes, author, now);
    await announce(tx, [announcement(batchAmended, amended, amended.id)], author, now);
  }
  if (settled.length === 0) return;
  await tx.query(sql`
    update batch b
    set settled_at = s.settled_at
    from ${records('s', settled, { id: 'uuid', settled_at: 'timestamptz' })}
    where b.tenant_id = ${tx.tenant} and b.id = s.id`);
}

/**
 * The batches beside these that overlap them outside of the window: they are as they were, and only stand where they
 * have the line.
 */
async function beside(tx: Tx, after: BatchRow, others: readonly Stored[], window: Window): Promise<Course[]> {
  const whole = enclosing([window, ...others.map(({ row, settled_at }) => hullOf({ ...row, cut_at: settled_at }))]);
  if (whole.from === window.from && whole.to === window.to) return [];
  const { batches } = await readCourses(tx, { line_id: after.line_id, ...whole });
  const near = new Set([after.id, ...others.map(({ row }) => row.id)]);
  return batches
    .filter(({ row }) => !near.has(row.id))
    .map(({ row, course }) => ({
      ...course,
      ended_at: course.ended_at ?? (row.cut_at === null ? null : Date.parse(row.cut_at)),
    }));
}

/** Where the batches run at other times than is stored of them, and how long the batch itself can have the line. */
function reachOf(own: Course, others: readonly Stored[], outcomes: ReadonlyMap<string, Outcome>): Window[] {
  const reach = others.flatMap(({ row, course }) => {
    const difference = differenceOf(runsIn(runsOfRow(row)), outcomes.get(course.id)?.runs ?? []);
    return difference === null ? [] : { from: iso(difference.from), to: isoOrNull(difference.to) };
  });
  const { cut = null } = outcomes.get(own.id) ?? {};
  return cut === null ? reach : [...reach, { from: iso(own.started_at), to: iso(Math.max(cut.at, cut.since)) }];
}

function changesOf(own: Stored, others: readonly Stored[], outcomes: ReadonlyMap<string, Outcome>): Derived {
  const fieldsOf = ({ row, course }: Stored) => runFields(row, outcomes.get(course.id) as Outcome);
  const settled = [own, ...others].flatMap(({ course, settled_at }) => {
    const at = isoOrNull(settledAt(course, outcomes.get(course.id) as Outcome));
    return at === settled_at ? [] : { id: course.id, settled_at: at };
  });
  const changed = others
    .map((other) => ({ row: other.row, changes: fieldsOf(other) }))
    .filter(({ row, changes }) => isChanged(row, changes));
  return { own: fieldsOf(own), others: changed, settled, near: others.map(({ row }) => row) };
}

function runFields(row: BatchRow, { runs, is_paused, is_interrupted, cut }: Outcome): RunFields {
  if (runs.length > MOST_BATCH_RUNS)
    throw new Problem(
      'invalid',
      `batch ${row.batch_number} (${row.id}) has the line ${MOST_BATCH_RUNS} times already, the most there is: complete it`,
    );
  return {
    status: (row.completed_at ?? row.cancelled_at) ? row.status : is_paused ? 'paused' : 'running',
    runs: runs.map(({ from, to }) => ({ from: iso(from), to: isoOrNull(to) })),
    interrupted: is_interrupted,
    cut_at: isoOrNull(cut?.at ?? null),
  };
}

/** Whether a batch runs at other times than it did. */
export function isChanged(row: BatchRow, { status, interrupted, cut_at, runs }: RunFields): boolean {
  return (
    status !== row.status ||
    interrupted !== row.interrupted ||
    cut_at !== row.cut_at ||
    differenceOf(runsIn(runsOfRow(row)), runsIn(runs ?? [])) !== null
  );
}

/** The intervals in which a batch had the line. One whose runs were never derived had it from its start to its end. */
export function runsOfRow(row: BatchRow): readonly Window[] {
  return row.runs ?? [hullOf(row)];
}

const runsIn = (windows: readonly Window[]): Run[] =>
  windows.map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? null : Date.parse(to) }));

function hullOf({ started_at, completed_at, cancelled_at, cut_at }: BatchRow): Window {
  return { from: started_at as string, to: completed_at ?? cancelled_at ?? cut_at };
}

function enclosing(windows: readonly Window[]): Window {
  const from = windows.reduce((least, window) => (window.from < least ? window.from : least), windows[0]?.from ?? '');
  const ends = windows.map(({ to }) => to ?? '9999');
  const to = ends.reduce((most, end) => (end > most ? end : most), '');
  return { from, to: to === '9999' ? null : to };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

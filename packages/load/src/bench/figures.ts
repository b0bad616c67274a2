/** What was measured: requests or messages, their time, and the processor time of every process that worked on them. */

/** One load: how many, how many failed, how long it took, and the processor seconds of each process. */
export type Run = {
  readonly count: number;
  readonly failed: number;
  readonly seconds: number;
  readonly cpu: ReadonlyMap<string, number>;
};
/** `cpu_ms`: processor time of each request or message, milliseconds, of all processes together and of each one. */
export type Figure = {
  readonly count: number;
  readonly failed: number;
  readonly per_second: number;
  readonly cpu_ms: number;
  readonly cpu_ms_by_process: Readonly<Record<string, number>>;
};
/**
 * One line of the table. `plantops` and `floor` did the same work; where `compared_with` is a history, `floor` is PlantOps
 * itself with that many rows. `ratio` compares what they did each second, `cpu_ratio` their processor time.
 */
export type Row = {
  readonly bench: string;
  readonly what: string;
  readonly connections: number | null;
  readonly rows: number;
  readonly compared_with: 'floor' | number;
  readonly plantops: Figure;
  readonly floor: Figure;
  readonly ratio: number;
  readonly cpu_ratio: number;
};

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** The figure of several runs of the same load. */
export function figureOf(runs: readonly Run[]): Figure {
  const count = sum(runs.map((run) => run.count));
  const names = new Set(runs.flatMap(({ cpu }) => [...cpu.keys()]));
  const of = (name: string) => (sum(runs.map(({ cpu }) => cpu.get(name) ?? 0)) * 1_000) / count;
  const byProcess = [...names].map((name) => [name, of(name)] as const);
  return {
    count,
    failed: sum(runs.map(({ failed }) => failed)),
    per_second: count / sum(runs.map(({ seconds }) => seconds)),
    cpu_ms: sum(byProcess.map(([, ms]) => ms)),
    cpu_ms_by_process: Object.fromEntries(byProcess),
  };
}

export function rowOf(
  name: Pick<Row, 'bench' | 'what' | 'connections' | 'rows' | 'compared_with'>,
  plantops: readonly Run[],
  floor: readonly Run[],
): Row {
  const [mine, least] = [figureOf(plantops), figureOf(floor)];
  return {
    ...name,
    plantops: mine,
    floor: least,
    ratio: mine.per_second / least.per_second,
    cpu_ratio: mine.cpu_ms / least.cpu_ms,
  };
}

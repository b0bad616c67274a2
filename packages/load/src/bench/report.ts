/** The tables that the bench prints. */
import type { Row } from './figures.ts';

const round = (value: number): string => (value >= 1_000 ? value.toFixed(0) : value.toPrecision(3));
const whole = (value: number): string => value.toLocaleString('en-US');

/** Aligns columns: the first one to the left, the others to the right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
}

/** One line for each row: what PlantOps and the floor do each second, and what each of them costs. */
export function tableOf(rows: readonly Row[]): string {
  const head = [
    'what',
    'connections',
    'rows',
    'PlantOps /s',
    'floor /s',
    'ratio',
    'CPU ms',
    'floor CPU ms',
    'CPU ratio',
  ];
  const lines = rows.map(({ what, connections, rows: history, compared_with, plantops, floor, ratio, cpu_ratio }) => [
    what,
    connections === null ? '' : String(connections),
    compared_with === 'floor' ? whole(history) : `${whole(history)} : ${whole(compared_with)}`,
    round(plantops.per_second),
    round(floor.per_second),
    ratio.toFixed(2),
    round(plantops.cpu_ms),
    round(floor.cpu_ms),
    cpu_ratio.toFixed(2),
  ]);
  return aligned([head, ...lines]);
}

/** A process with less than this share of a row's processor time is left out. */
const LEAST_SHARE = 0.03;

/** Where PlantOps spent the processor time of each row: the processes, in milliseconds, the most expensive first. */
export function costsOf(rows: readonly Row[]): string {
  const lines = rows.map(({ what, connections, rows: history, plantops: { cpu_ms, cpu_ms_by_process } }) => {
    const parts = Object.entries(cpu_ms_by_process)
      .filter(([, ms]) => ms >= cpu_ms * LEAST_SHARE)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, ms]) => `${name} ${round(ms)}`);
    const load = [connections === null ? [] : [`${connections}`], whole(history)].flat().join(', ');
    return `${what} (${load}): ${parts.join(', ')}`;
  });
  return ['CPU ms of PlantOps by process:', ...lines].join('\n');
}

/** The summary of a run. */
import type { Finding } from './invariants/finding.ts';
import type { FaultKind } from './schedule.ts';

export type Figures = {
  readonly seed: number;
  readonly seconds: number;
  readonly control: string | undefined;
  readonly writes: Readonly<Record<'ok' | 'refused' | 'unknown', number>>;
  readonly retried: number;
  readonly events: { readonly acked: number; readonly unknown: number; readonly duplicates: number };
  readonly poison: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly hits: number;
  readonly failedStarts: number;
  readonly redelivered: number;
  readonly withoutKinds: readonly FaultKind[];
};
export type Result = { readonly figures: Figures; readonly findings: readonly Finding[]; readonly breached: boolean };

/** Faults that a run does not cause, because the plant has no other copy of the lost data. */
const LEFT_OUT = ['power loss of the streams that line systems publish to: the line systems must send again'];

const count = (findings: readonly Finding[], what: 'lost' | 'twice'): number =>
  findings.reduce((sum, finding) => sum + (finding[what] ?? 0), 0);

export function summaryOf({ figures, findings, breached }: Result): string {
  const { writes, events, faults } = figures;
  const kinds = [...faults].sort(([one], [other]) => Number(one.slice(1)) - Number(other.slice(1)));
  return [
    '',
    `seed ${figures.seed}, ${figures.seconds} s${figures.control === undefined ? '' : `, sabotaged: ${figures.control}`}`,
    `writes      ${writes.ok} acknowledged, ${writes.refused} refused, ${writes.unknown} of unknown outcome; ${figures.retried} sent more than once`,
    `events      ${events.acked} acknowledged, ${events.unknown} of unknown outcome; ${events.duplicates} duplicates; ${figures.poison} poison`,
    `faults      ${kinds.map(([kind, times]) => `${kind} ${times}`).join(', ')}; ${figures.hits} connections lost answers, ${figures.failedStarts} starts failed meanwhile`,
    `redelivered ${figures.redelivered} messages`,
    `lost        ${count(findings, 'lost')}`,
    `twice       ${count(findings, 'twice')}`,
    ...findings.map(lineOf),
    ...(figures.withoutKinds.length > 0 ? [`without     ${figures.withoutKinds.join(', ')}`] : []),
    ...LEFT_OUT.map((what) => `left out    ${what}`),
    breached ? 'BREACHED' : 'all invariants hold',
  ].join('\n');
}

const lineOf = ({ name, promise, looked, breaches }: Finding): string =>
  breaches.length === 0
    ? `${name.padEnd(11)} ok      ${promise} (${looked})`
    : `${name.padEnd(11)} BREACH  ${promise}: ${breaches.length} of ${looked}; first: ${breaches[0]}`;

/**
 * `pnpm chaos --seed N --seconds S [--without F5,F2 | --only F12] [--control NAME]`: breaks a new plant on purpose and
 * prints which invariants held.
 */
import { parseArgs } from 'node:util';
import { controlNames, type ControlName } from './controls/control.ts';
import { summaryOf } from './report.ts';
import { runChaos } from './run.ts';
import { faultKinds } from './schedule.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    without: { type: 'string', default: '' },
    only: { type: 'string', default: faultKinds.join() },
    control: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const MOST_SECONDS = 3_600;
function whole(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} must be a whole number, not "${value}"`);
  return Number(value);
}
function controlOf(name: string | undefined): ControlName | undefined {
  const known = controlNames.find((control) => control === name);
  if (name !== undefined && known === undefined) throw new Error(`--control must be one of ${controlNames.join(', ')}`);
  return known;
}

let stop: (() => Promise<void>) | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    say('stopping …');
    void Promise.resolve(stop?.()).finally(() => process.exit(1));
  });
try {
  const control = controlOf(values.control);
  if (whole('seconds', values.seconds) > MOST_SECONDS)
    throw new Error(`--seconds must be at most ${MOST_SECONDS}: the tape of events ends there`);
  const result = await runChaos({
    seed: whole('seed', values.seed ?? String(Date.now() % 1_000_000)),
    seconds: whole('seconds', values.seconds),
    kinds: faultKinds.filter(
      (kind) => values.only.split(',').includes(kind) && !values.without.split(',').includes(kind),
    ),
    control,
    say,
    onStart: (how) => (stop = how),
  });
  say(summaryOf(result));
  // Everything is stopped. Do not wait for connections that were cut on purpose and are still open.
  process.exit(result.breached ? 1 : 0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

// Runs the checks of this repository, two at a time. Prints the name and the seconds of each, and the output of those
// that fail.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The longest first, so that the short ones run beside them. */
const CHECKS = ['dead-code', 'types', 'manifests', 'lint', 'format:check', 'audit:dependencies'];
/** The registry at hand may have no advisories to ask for: that is said, and is no failure. */
const NOT_CHECKED = /audit endpoint .* responded with/i;

function run(name) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn('pnpm', ['run', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ name, ok: false, seconds: 0, output: String(error) }));
    child.on('close', (code) =>
      resolve({ name, ok: code === 0, seconds: (performance.now() - started) / 1000, output }),
    );
  });
}

function report({ name, ok, seconds, output }) {
  const result = !ok ? 'FAILED' : NOT_CHECKED.test(output) ? 'not checked: the registry has no advisories' : 'ok';
  process.stdout.write(`${name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s  ${result}\n`);
  if (!ok) process.stdout.write(`${output.trim()}\n\n`);
}

const waiting = [...CHECKS];
const results = [];
async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const result = await run(name);
    report(result);
    results.push(result);
  }
}
const started = performance.now();
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `${results.length - failed.length} of ${results.length} checks passed in ${seconds} s${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}\n`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

// Runs the checks of this repository, two at a time. Prints the name and the seconds of each, and the output of those
// that fail.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The longest first, so that the short ones run beside them. */
const CHECKS = ['dead-code', 'types', 'manifests', 'lint', 'format:check', 'audit:dependencies'];
/**
 * What a check says when it has looked. The registry at hand may have no advisories to ask for, or cannot be reached:
 * that is no failure, and no success either.
 */
const LOOKED = { 'audit:dependencies': /vulnerabilities found/i };

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

/** Why a check that did not fail did not look either; undefined when it did look. */
function whyNotLooked({ name, ok, output }) {
  if (!ok || LOOKED[name] === undefined || LOOKED[name].test(output)) return undefined;
  // The first line is the command.
  const lines = output.split('\n').filter((line) => !line.startsWith('$ '));
  return lines.find((line) => /respond|error|fail|fetch/i.test(line))?.trim() ?? 'it did not say what it found';
}

function report({ name, ok, seconds, output }) {
  const why = whyNotLooked({ name, ok, output });
  const result = !ok ? 'FAILED' : why === undefined ? 'ok' : `not looked at: ${why}`;
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
const notLooked = results.filter((result) => whyNotLooked(result) !== undefined).map(({ name }) => name);
const passed = results.length - failed.length - notLooked.length;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const more = [
  ...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
  ...(notLooked.length > 0 ? [`not looked at: ${notLooked.join(', ')}`] : []),
];
process.stdout.write(`${[`${passed} of ${results.length} checks passed in ${seconds} s`, ...more].join('; ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

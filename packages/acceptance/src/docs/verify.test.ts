/** `verify` does not count a check as passed that could not look. The checks are replaced by their output. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'plantops-verify-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs `verify` where the audit of the dependencies prints this and ends with this code, and all other checks pass. */
function verified(audit: string, code = 0) {
  const pnpm = `#!/bin/sh\nif [ "$2" = audit:dependencies ]; then echo '${audit}'; exit ${code}; fi\n`;
  writeFileSync(join(directory, 'pnpm'), pnpm, { mode: 0o755 });
  const { stdout, status } = spawnSync(process.execPath, [join(ROOT, '.ci/verify.mjs')], {
    env: { PATH: directory },
    encoding: 'utf8',
  });
  return { output: stdout, status };
}

test.each([
  'WARN The audit endpoint responded with 405: not allowed',
  'request to the registry failed, reason: getaddrinfo ENOTFOUND',
  '',
])('an audit that could not look, and said %j, is "not looked at" in the summary, and no failure', (said) => {
  const { output, status } = verified(said);
  expect(output).toMatch(/^audit:dependencies +[\d.]+ s {2}not looked at: .+$/m);
  expect(output).toMatch(/5 of 6 checks passed in [\d.]+ s; not looked at: audit:dependencies\n$/);
  expect(status).toBe(0);
});

test('an audit that looked counts as passed, and one that found something as failed', () => {
  expect(verified('No known vulnerabilities found').output).toMatch(/6 of 6 checks passed in [\d.]+ s\n$/);
  const { output, status } = verified('1 vulnerabilities found', 1);
  expect(output).toMatch(/5 of 6 checks passed in [\d.]+ s; failed: audit:dependencies\n$/);
  expect(status).toBe(1);
});

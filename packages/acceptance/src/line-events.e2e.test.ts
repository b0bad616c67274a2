/** The programs of docs/line-events.md are run as they stand there: each sends a count, which is applied. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { ROOT } from '@plantops/plant';
import { PlantUnderTest } from '@plantops/testing/plant';

const run = promisify(execFile);
const WITHIN_MS = 60_000;
let plant: PlantUnderTest;
let lineId: string;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plantops-programs-'));
  plant = await PlantUnderTest.create();
  await plant.start();
  const { body } = await plant.rest<{ id: string }>('POST', '/plants', { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  const line = { code: 'FILL-1', plant_id: body.id, name: 'Filler 1', hourly_cost: 60, ideal_cycle_seconds: 1 };
  lineId = (await plant.rest<{ id: string }>('POST', '/lines', line)).body.id;
  await waitFor('the figures of the line', async () => (await figures()).status === 200, WITHIN_MS);
}, 120_000);
afterAll(async () => {
  await plant.remove();
  await rm(directory, { recursive: true, force: true });
});

async function programIn(language: string): Promise<string> {
  const page = await readFile(join(ROOT, 'docs/line-events.md'), 'utf8');
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
}

/** Runs a program with the arguments that the page names. Returns what it prints. */
async function printed(command: string, args: readonly string[]): Promise<string> {
  const { nats_url, tenants } = await plant.ready();
  const { hostname, port } = new URL(nats_url);
  const edge = tenants['akron']?.edge as { user: string; password: string };
  const cwd = join(ROOT, 'packages/acceptance');
  const { stdout } = await run(command, [...args, hostname, port, edge.user, edge.password], {
    cwd,
    timeout: WITHIN_MS,
  });
  return stdout;
}

const figures = () => {
  const now = Date.now();
  const [from, to] = [now - 86_400_000, now + 86_400_000].map((at) => new Date(at).toISOString());
  return plant.rest<{ terms: { total_count: number } }>('GET', `/lines/${lineId}/oee?from=${from}&to=${to}`);
};
const totalCount = async () => (await figures()).body.terms.total_count;

/** Sends the program's count and waits until it is applied. */
async function expectApplied(command: string, args: readonly string[]): Promise<void> {
  const before = await totalCount();
  expect(JSON.parse(await printed(command, args))).toMatchObject({ stream: 'INGEST_akron', seq: expect.any(Number) });
  await waitFor('the count to be applied', async () => (await totalCount()) === before + 12, WITHIN_MS);
}
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const stored = async (language: string): Promise<string> => {
  const file = join(directory, `program.${language}`);
  await writeFile(file, await programIn(language));
  return file;
};

test('the program in JavaScript sends a count that is applied', async () => {
  await expectApplied(process.execPath, ['--input-type=module', '--eval', await programIn('js'), '--', 'program.js']);
}, 180_000);

describeWhere(
  describe,
  has('python3'),
  'no python3',
)('Python', () => {
  test('the program sends a count that is applied', async () => {
    await expectApplied('python3', [await stored('python')]);
  }, 180_000);
});

describeWhere(
  describe,
  has('cc'),
  'no C compiler',
)('C', () => {
  test('the program compiles without a warning and sends a count that is applied', async () => {
    const program = join(directory, 'program');
    await run('cc', ['-Wall', '-Werror', '-o', program, await stored('c')]);
    await expectApplied(program, []);
  }, 180_000);
});

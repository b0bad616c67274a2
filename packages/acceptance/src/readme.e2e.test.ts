import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@plantops/plant';
import { PlantUnderTest } from '@plantops/testing/plant';

let plant: PlantUnderTest;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
}, 90_000);
afterAll(() => plant.remove());

const MARK = '----8<----';

/** The commands of the tour, each block with the output in the README; the figures of the demo are not compared. */
function tour(): { commands: string; printed: string }[] {
  const section =
    /## A tour\n([\s\S]*?)\*\*The demo's dashboard/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)].map(
    ([, commands = '', printed = '']) => ({
      commands,
      printed,
    }),
  );
}

test('the commands of the tour print what the README shows', async () => {
  const blocks = tour();
  expect(blocks.length).toBeGreaterThan(7);
  const { port } = new URL((await plant.ready()).gateway_url);
  // Use the pnpm that runs this test, if any, so that the tour does not depend on a slow registry.
  const pnpm = process.env['npm_execpath'];
  const here = (commands: string) =>
    commands
      .replaceAll(':8080', `:${port}`)
      .replaceAll('npx -y pnpm@12', pnpm?.includes('pnpm') ? `"${pnpm}"` : 'npx -y pnpm@12');
  const script = blocks.map(({ commands }) => `${here(commands)}\necho '${MARK}'\n`).join('');
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PLANTOPS_DATA_DIR: plant.dataDir };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: ROOT, env, timeout: 90_000 });
  expect(stdout.split(`${MARK}\n`).slice(0, -1)).toEqual(blocks.map(({ printed }) => printed));
}, 120_000);

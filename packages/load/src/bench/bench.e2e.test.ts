/** A short run of `pnpm bench`: every bench, with tiny histories. Its figures mean nothing; they must be there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Row } from './figures.ts';
import { BENCHES } from './options.ts';

const SIZES = { 'small-rows': 100, rows: 200, lines: 5, requests: 5, events: 100, readings: 100 };

test('the bench measures every row against its floor, and no request fails', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'plantops-bench-'));
  try {
    const file = join(dir, 'figures.json');
    const sizes = Object.entries(SIZES).flatMap(([name, size]) => [`--${name}`, String(size)]);
    const entry = join(import.meta.dirname, 'index.ts');
    const child = spawn(
      process.execPath,
      ['--conditions=@plantops/source', '--no-warnings', entry, ...sizes, '--json', file],
      { env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, output }).toEqual({ code: 0, output });

    const { rows } = JSON.parse(await readFile(file, 'utf8')) as { rows: Row[] };
    expect(new Set(rows.map(({ bench }) => bench))).toEqual(new Set(BENCHES));
    for (const { what, plantops, floor, ratio, cpu_ratio } of rows) {
      const figures = [plantops, floor].flatMap(({ count, per_second, cpu_ms }) => [count, per_second, cpu_ms]);
      for (const figure of [...figures, ratio, cpu_ratio]) {
        expect({ what, figure, isFinite: Number.isFinite(figure) }).toEqual({ what, figure, isFinite: true });
        expect(figure).toBeGreaterThan(0);
      }
      expect({ what, failed: plantops.failed + floor.failed }).toEqual({ what, failed: 0 });
      expect(output).toContain(what);
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}, 120_000);

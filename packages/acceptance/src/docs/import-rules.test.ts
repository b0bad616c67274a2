/**
 * Import rules: the linter refuses each forbidden import at any depth of the path, and no two packages depend on each
 * other.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

/** A file, and the module that it imports. */
const FORBIDDEN: readonly (readonly [file: string, specifier: string])[] = [
  ['services/downtimes/src/a.ts', '@plantops/trials'],
  ['services/downtimes/src/b.ts', '../../trials/src/service.ts'],
  ['services/downtimes/src/deep/c.ts', '../../../trials/src/service.ts'],
  ['services/downtimes/src/deep/deeper/d.ts', '../../../../../packages/persistence/src/database/database.ts'],
  ['services/downtimes/src/e.ts', 'nats'],
  ['services/downtimes/src/f.ts', 'pg'],
  ['services/downtimes/src/deep/g.rules.ts', '@plantops/persistence'],
  ['services/downtimes/src/deep/h.rules.ts', 'node:fs'],
  ['services/downtimes/src/deep/i.rules.ts', '../other/table.ts'],
  ['packages/contracts/src/j.ts', '@plantops/service-kit'],
  ['packages/accounting/src/k.ts', '@plantops/persistence'],
  ['packages/service-kit/src/l.ts', '@plantops/persistence'],
  ['packages/service-kit/src/m.ts', 'pg'],
  ['packages/persistence/src/n.ts', '@plantops/service-kit'],
  ['packages/persistence/src/o.ts', 'nats'],
  ['packages/backbone/src/p.ts', 'nats'],
  ['packages/backbone/src/q.ts', '@plantops/accounting'],
  ['packages/fixtures/src/r.ts', '@plantops/persistence'],
  ['packages/servers/src/s.ts', '@plantops/persistence'],
  ['packages/plant/src/t.ts', '@plantops/acceptance'],
  ['packages/simulator/src/u.ts', '@plantops/persistence'],
];
const ALLOWED: typeof FORBIDDEN = [
  ['services/downtimes/src/deep/v.ts', '../deps.ts'],
  ['services/downtimes/src/deep/w.ts', '@plantops/backbone'],
  ['services/downtimes/src/deep/x.rules.ts', '../reasons/reason.rules.ts'],
  ['services/downtimes/src/deep/y.rules.ts', '@plantops/accounting'],
  ['packages/backbone/src/z.ts', '@plantops/persistence'],
];

let refused: ReadonlySet<string>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plantops-imports-'));
  const { options: _options, ...config } = JSON.parse(await readFile(join(ROOT, '.oxlintrc.json'), 'utf8')) as {
    options: object;
  };
  await writeFile(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  for (const [file, specifier] of [...FORBIDDEN, ...ALLOWED]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `import * as imported from '${specifier}';\nexport { imported };\n`);
  }
  const output = await new Promise<string>((resolve) => {
    const oxlint = join(ROOT, 'node_modules/.bin/oxlint');
    execFile(oxlint, ['--format', 'json'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: readonly { readonly code: string; readonly filename: string }[];
  };
  refused = new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(FORBIDDEN)('%s must not import %s', (file) => {
  expect([...refused]).toContain(file);
});

test.each(ALLOWED)('%s may import %s', (file) => {
  expect([...refused]).not.toContain(file);
});

type Manifest = { readonly name: string; readonly dependencies?: object; readonly devDependencies?: object };

test('no package depends on itself, also not through other packages or for tests', async () => {
  const graph = new Map<string, readonly string[]>();
  for (const parent of ['packages', 'services'])
    for (const name of await readdir(join(ROOT, parent))) {
      const manifest = JSON.parse(await readFile(join(ROOT, parent, name, 'package.json'), 'utf8')) as Manifest;
      const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
      graph.set(
        manifest.name,
        named.filter((one) => one.startsWith('@plantops/')),
      );
    }
  const reachable = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of graph.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reachable(next, seen);
    }
    return seen;
  };
  expect(graph.size).toBeGreaterThan(15);
  expect([...graph.keys()].filter((name) => reachable(name).has(name))).toEqual([]);
});

/** docs/operations.md explains the messages in the logs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { ROOT } from '@plantops/plant';

const FOLDERS = [
  'packages/service-kit/src',
  'packages/persistence/src',
  'packages/backbone/src',
  ...serviceNames.map((name) => `services/${name}/src`),
];

const sources = (): string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );

/** Texts of more than one word in the calls that log a warning, an error or a fatal error. */
const messages = (): string[] =>
  sources().flatMap((source) =>
    [...source.matchAll(/log(?:ger)?\.(?:warn|error|fatal)\(([\s\S]*?)\)(?:;|,\n|\)|\n)/g)].flatMap(([, args = '']) =>
      [...args.matchAll(/'([^'\n]+ [^'\n]+)'/g)].map(([, message = '']) => message),
    ),
  );

test('docs/operations.md explains every warning and error that a service logs', () => {
  const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  const found = messages();
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter((message) => !text.includes(`\`${message}\``))).toEqual([]);
});

/** What the documents say is where they say it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

const isDocument = (file: string): boolean => file.endsWith('.md');
const readmes = ['services', 'packages'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`));
const documents = [
  ...readdirSync(ROOT).filter(isDocument),
  ...['docs', 'docs/adr'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`)),
  ...readmes.map((folder) => `${folder}/README.md`),
].filter(isDocument);

test('every file and folder of this repository that a document names is there', () => {
  const named = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(/`((?:services|packages|docs|deploy)\/[\w./-]+)`/g)].map(
      ([, path = '']) => `${document}: ${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(100);
  // A step of CONTRIBUTING may name what somebody is about to make.
  expect(named.filter((one) => !existsSync(join(ROOT, one.split(': ')[1] as string)))).toEqual([]);
});

test('every file under src/ that a README of a service or package names is there', () => {
  const missing = readmes.flatMap((folder) =>
    [...readFileSync(join(ROOT, folder, 'README.md'), 'utf8').matchAll(/`(src\/[\w./-]+)`/g)]
      .map(([, path = '']) => join(folder, path))
      .filter((path) => !existsSync(join(ROOT, path))),
  );
  expect(missing).toEqual([]);
});

test('every link from one document to another leads somewhere', () => {
  const broken = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, path = '']) => join(document, '..', path))
      .filter((path) => !existsSync(join(ROOT, path))),
  );
  expect(broken).toEqual([]);
});

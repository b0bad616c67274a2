/** Files and links that the documents name exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

const isDocument = (file: string): boolean => file.endsWith('.md');
const documents = [
  ...readdirSync(ROOT).filter(isDocument),
  ...['docs', 'docs/adr'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`)),
  ...readdirSync(join(ROOT, 'services')).map((service) => `services/${service}/README.md`),
].filter(isDocument);

test('every file and folder of this repository that a document names exists', () => {
  const named = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(/`((?:services|packages|docs|deploy)\/[\w./-]+)`/g)].map(
      ([, path = '']) => `${document}: ${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(100);
  // A step of CONTRIBUTING may name a file that the reader will create.
  expect(named.filter((one) => !existsSync(join(ROOT, one.split(': ')[1] as string)))).toEqual([]);
});

test('every link from one document to another has a target', () => {
  const broken = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, path = '']) => join(document, '..', path))
      .filter((path) => !existsSync(join(ROOT, path))),
  );
  expect(broken).toEqual([]);
});

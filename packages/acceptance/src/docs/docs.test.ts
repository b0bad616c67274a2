/** What the documents say is where they say it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

const isDocument = (file: string): boolean => file.endsWith('.md');
const readmes = ['services', 'packages'].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
);
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

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (path: string): string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

test('every link from one document to another leads to a file and a heading that are there', () => {
  const links = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g)].map(
      ([, path = '', anchor]) => ({
        document,
        path: path === '' ? document : join(document, '..', path),
        anchor,
      }),
    ),
  );
  expect(links.length).toBeGreaterThan(50);
  const isBroken = ({ path, anchor }: (typeof links)[number]) =>
    !existsSync(join(ROOT, path)) || (anchor !== undefined && !anchorsOf(path).includes(anchor));
  expect(links.filter(isBroken)).toEqual([]);
});

test('a request is shown in nine rows and at most forty files, each of which is there', () => {
  const section =
    readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').split('## One request')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| \d [^|]*\|([^|]*)\|/gm)].map(([, files = '']) => files);
  expect(rows).toHaveLength(9);
  const files = rows.flatMap((row) => {
    let folder = '';
    return [...row.matchAll(/`([^`]+\.ts)`/g)].map(([, name = '']) => {
      if (name.includes('/')) folder = dirname(name);
      return name.includes('/') ? name : join(folder, name);
    });
  });
  expect(files.length).toBeLessThanOrEqual(40);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

/** STYLE_GUIDE.md lists words that are not used. No other file uses them; the glossary lists some too. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

const GUIDE = 'STYLE_GUIDE.md';
const LISTS = new Set([GUIDE, 'docs/glossary.md']);
/** Migrations that are released are never edited; the lockfile is generated. */
const NOT_OURS = /(^|\/)migrations\/|^pnpm-lock\.yaml$|\.(png|ico|woff2?)$/;

/** The first column of the guide's table of words. */
const words = (): string[] => {
  const section =
    readFileSync(join(ROOT, GUIDE), 'utf8').split('## Words that are not used')[1]?.split('\n## ')[0] ?? '';
  const cells = [...section.matchAll(/^\| ([^|]+) \|/gm)]
    .map(([, cell = '']) => cell)
    .filter((cell) => !/^(not|-+)$/.test(cell));
  return cells.flatMap((cell) => cell.replaceAll(/\(.*?\)|`/g, '').split(',')).map((word) => word.trim());
};

const tracked = (): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  })
    .split('\0')
    .filter((file) => file !== '' && !LISTS.has(file) && !NOT_OURS.test(file) && existsSync(join(ROOT, file)));

/** One line: a phrase may go over the end of a line of a comment. */
const textOf = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8').replaceAll(/\n\s*(?:\*|\/\/|#|--)?\s*/g, ' ');

const banned = new RegExp(`.{0,40}\\b(?:${words().join('|')})\\b.{0,40}`, 'i');

test('the guide names its words', () => {
  expect(words().length).toBeGreaterThan(20);
  expect(words().map((word) => banned.test(`it is ${word} here`))).not.toContain(false);
  expect(banned.test('it is computed again')).toBe(false);
});

test('no file uses a word that the style guide bans', () => {
  const found = tracked().flatMap((file) => {
    const match = banned.exec(textOf(file));
    return match === null ? [] : [`${file}: …${match[0].trim()}…`];
  });
  expect(found).toEqual([]);
});

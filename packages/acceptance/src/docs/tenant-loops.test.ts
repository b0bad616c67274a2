/** Housekeeping goes over tenants by `eachTenant` alone: it goes on when it fails for one of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '@plantops/plant';

const FOLDERS = ['services', 'packages/backbone/src', 'packages/persistence/src'];
/** What is for the messages of all tenants: the relay, and what counts and repairs its outbox. */
const OF_ALL_TENANTS = /packages\/persistence\/src\/(outbox|inbox|database)\/|rows\/idempotency\.ts$/;

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|node_modules/.test(file))
    .map((file) => join(folder, file)),
).map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

test('no service opens a transaction of all tenants', () => {
  const found = sources.filter(({ text }) => /EVERY_TENANT|transact\('\*'/.test(text)).map(({ file }) => file);
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter((file) => !OF_ALL_TENANTS.test(file))).toEqual([]);
});

test('a list of tenants is given to eachTenant', () => {
  const listing = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/select distinct tenant_id from/g)].map(({ index }) => ({ file, before: text.slice(0, index) })),
  );
  expect(listing.length).toBeGreaterThan(3);
  expect(listing.filter(({ before }) => !/eachTenant\(\s*\w+,\s*sql`$/.test(before)).map(({ file }) => file)).toEqual(
    [],
  );
});

/**
 * A version after this one, as a developer would make it: this commit with a new column, a new table, a new field of a
 * row and its events, and a new operation with its route.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EarlierCheckout } from './earlier-checkout.ts';

/** The path of the new operation, for a stop. */
export const NEXT_PATH = (id: string) => `/downtimes/${id}/of-next-version`;

type Edit = { readonly file: string; readonly at: string; readonly by: string };
const DOWNTIMES = 'services/downtimes/src';

const EDITS: readonly Edit[] = [
  {
    file: `${DOWNTIMES}/migrations/index.ts`,
    at: 'export const migrations = [',
    by: "import { nextVersion } from './29990101T0000-next-version.ts';\nexport const migrations = [nextVersion,",
  },
  {
    file: `${DOWNTIMES}/downtimes/downtime.table.ts`,
    at: 'void_reason: p.text().nullable(),',
    by: 'void_reason: p.text().nullable(), next_note: p.text().nullable(),',
  },
  {
    file: `${DOWNTIMES}/service.ts`,
    at: 'export const start',
    by: "import { getOfNextVersion } from './downtimes/get-of-next-version.ts';\nexport const start",
  },
  { file: `${DOWNTIMES}/service.ts`, at: 'operations: [', by: 'operations: [getOfNextVersion,' },
  {
    file: 'packages/contracts/src/operations/downtimes.ts',
    at: 'export const downtimeRow = z\n  .object({',
    by: 'export const downtimeRow = z\n  .object({ next_note: z.string().nullable().default(null),',
  },
  {
    file: 'packages/contracts/src/operations/downtimes.ts',
    at: 'export const getDowntime = reads({',
    by: `export const getOfNextVersion = reads({
      name: 'get-of-next-version', role: 'viewer', summary: 'One downtime, by a new operation', input: byId,
      output: downtimeView, problems: ['not_found'] });
    export const getDowntime = reads({`,
  },
  {
    file: 'services/gateway/src/routes.ts',
    at: "get('/downtimes/{id}', contracts.getDowntime),",
    by: "get('/downtimes/{id}', contracts.getDowntime), get('/downtimes/{id}/of-next-version', contracts.getOfNextVersion),",
  },
];
const FILES: Readonly<Record<string, string>> = {
  [`${DOWNTIMES}/migrations/29990101T0000-next-version.ts`]: `
    import { sqlMigration, tenantPolicy } from '@plantops/persistence';
    export const nextVersion = sqlMigration('29990101T0000-next-version', \`
      alter table downtime add column next_note text, add column next_count integer not null default 0;
      create table next_table (id uuid primary key, tenant_id text not null);
      \${tenantPolicy('next_table')}\`);`,
  [`${DOWNTIMES}/downtimes/get-of-next-version.ts`]: `
    import { getById } from '@plantops/backbone';
    import * as contracts from '@plantops/contracts';
    import { DowntimeView } from './downtime-view.ts';
    export const getOfNextVersion = getById(contracts.getOfNextVersion, DowntimeView, 'downtime');`,
};

/** Makes it from a commit. Throws when a place to edit is not there any more. */
export async function nextVersionOf(commit: string): Promise<EarlierCheckout> {
  const checkout = await EarlierCheckout.of(commit);
  for (const [file, text] of Object.entries(FILES)) await writeFile(join(checkout.root, file), text);
  for (const { file, at, by } of EDITS) {
    const path = join(checkout.root, file);
    const before = await readFile(path, 'utf8');
    if (!before.includes(at)) throw new Error(`${file} has no "${at}" any more: correct next-version.ts`);
    await writeFile(
      path,
      before.replace(at, () => by),
    );
  }
  return checkout;
}

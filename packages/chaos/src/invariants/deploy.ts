/** Three copies of a service start at once on an empty database: all start, and each migration has run once. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { provisionDatabase } from '@plantops/persistence';
import pg from 'pg';
import { ROOT } from '@plantops/plant';
import type { ChaosPlant } from '../chaos-plant.ts';
import type { Finding } from './finding.ts';

const NAME = 'plantops_chaos';
const COPIES = 3;
const TIMEOUT_MS = 60_000;

/** `sabotage`: statements that the database's administrator runs before. */
export async function checkDeploy({ databaseUrl }: ChaosPlant, sabotage: string | undefined): Promise<Finding> {
  const { ownerUrl } = await provisionDatabase(databaseUrl, NAME, { service: 'chaos', owner: 'chaos' });
  const url = new URL(databaseUrl);
  url.pathname = `/${NAME}`;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    if (sabotage !== undefined) await admin.query(sabotage);
    const ends = await Promise.all(Array.from({ length: COPIES }, () => migrate(ownerUrl)));
    const breaches = ends
      .filter(({ code }) => code !== 0)
      .map(({ code, output }) => `a migration ended with code ${code}: ${output.trim().slice(0, 300)}`);
    const { rows } = await admin
      .query<{ name: string }>(`select name from mikro_orm_migrations group by name having count(*) > 1`)
      .catch(() => ({ rows: [] }));
    breaches.push(...rows.map(({ name }) => `migration ${name} has run more than once`));
    return { name: 'F11', promise: 'copies that migrate at once all start', looked: COPIES, breaches };
  } finally {
    await admin.end();
  }
}

function migrate(ownerUrl: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=@plantops/source', '--no-warnings', join(ROOT, 'packages/plant/src/migrate.ts')],
    {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PLANTOPS_MONEY_LEAKS_DATABASE_OWNER_URL: ownerUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/**
 * Replaces the advisory lock by a function in a schema that comes first in the search path. It waits until all copies
 * have called it, and then lets all of them continue, so that they always run at the same time.
 */
export const WITHOUT_LOCK = `
  create sequence public.asked;
  create function public.pg_advisory_lock(bigint) returns void language plpgsql as $$ begin
    perform nextval('public.asked');
    for look in 1..200 loop
      exit when (select last_value from public.asked) >= ${COPIES};
      perform pg_sleep(0.05);
    end loop;
  end $$;
  grant usage, select on sequence public.asked to ${NAME}_owner;
  grant execute on function public.pg_advisory_lock(bigint) to ${NAME}_owner;
  alter role ${NAME}_owner in database ${NAME} set search_path = public, pg_catalog;`;

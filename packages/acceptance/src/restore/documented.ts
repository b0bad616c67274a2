/** The commands to restore a database, read from docs/operations.md. Nothing else is done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';

type Documented = {
  /** Statements of the administrator that refuse new connections to the database. */
  readonly close: string[];
  /** Statements of the administrator that replace the database with the restored one. */
  readonly swap: string[];
  /** The arguments of `provision`. */
  readonly provision: string[];
  /** A query to the ledger, the temporary table for its rows in downtimes, and the statements that use it. */
  readonly costs: { readonly query: string; readonly table: string; readonly update: string[] };
};

export function documented(): Documented {
  const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  const section = /### money-leaks from a backup\n([\s\S]*?)\n###? /.exec(text)?.[1] ?? '';
  const found = (pattern: RegExp): string => {
    const match = pattern.exec(section)?.[1];
    if (match === undefined) throw new Error(`docs/operations.md says nothing like ${pattern}`);
    return match;
  };
  const [close = '', swap = ''] = [...section.matchAll(/```sql\n([\s\S]*?)```/g)].map(
    ([, statements = '']) => statements,
  );
  return {
    close: statementsOf(close),
    swap: statementsOf(swap),
    provision: found(/pnpm@12 provision (.*)\n/).split(' '),
    costs: {
      query: found(/\\copy \((.*)\) to/),
      table: found(/\\copy (\w+) from/),
      update: statementsOf(found(/\\copy \w+ from .*\n([\s\S]*?)SQL\n/)),
    },
  };
}

const statementsOf = (text: string): string[] =>
  text
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

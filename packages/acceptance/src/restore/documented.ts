/** What docs/operations.md has people type to restore a database, taken from its text: what is not written there is not done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';

type Documented = {
  /** Statements of the administrator: nobody gets into the database any more. */
  readonly close: string[];
  /** Statements of the administrator: what was restored takes its place. */
  readonly swap: string[];
  /** The words after `provision`. */
  readonly provision: string[];
  /** What is asked of the ledger, and done in downtimes with the answer, which is in the table `right_cost`. */
  readonly costs: { readonly ask: string; readonly tell: string[] };
};

export const documented = (): Documented => {
  const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  const section = /### money-leaks from a backup\n([\s\S]*?)\n###? /.exec(text)?.[1] ?? '';
  const found = (pattern: RegExp): string => {
    const match = pattern.exec(section)?.[1];
    if (match === undefined) throw new Error(`docs/operations.md says nothing like ${pattern}`);
    return match;
  };
  const [close = '', swap = ''] = [...section.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, statements = '']) => statements);
  return {
    close: statementsOf(close),
    swap: statementsOf(swap),
    provision: found(/pnpm@12 provision (.*)\n/).split(' '),
    costs: { ask: found(/\\copy \((.*)\) to/), tell: statementsOf(found(/\\copy right_cost .*\n([\s\S]*?)SQL\n/)) },
  };
};

const statementsOf = (text: string): string[] =>
  text
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

import { Problem, reasonCreated, reasonUpdated, type ReasonRow, type setReasons as contract } from '@plantops/contracts';
import { announce, announcement, insertRows, runCommand, updateRow, type Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ReasonEntity } from './reason.entity.ts';
import { treeOf } from './reason.rules.ts';

/** Retired ones included: each is announced for good. */
const MOST_KEPT = 2_000;

/** Sets the whole tree: what is new is added, what differs is changed, what is left out is retired. */
export const setReasons =
  ({ database, now }: Deps) =>
  ({ items }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const tree = treeOf(items);
      await tx.lock('reasons');
      const rows = await tx.query<ReasonRow>('select * from reason where tenant_id = $1', [tx.tenant]);
      const known = new Set(rows.map(({ code }) => code));
      const fresh = tree.filter(({ code }) => !known.has(code));
      if (rows.length + fresh.length > MOST_KEPT)
        throw Problem.field(
          'items',
          `there are ${rows.length} reasons, retired ones included; at most ${MOST_KEPT} are kept: use their codes again`,
        );
      const added = await insertRows<ReasonRow>(tx, ReasonEntity, fresh, call, at);
      const changed: ReasonRow[] = [];
      for (const row of rows) {
        const wanted = tree.find(({ code }) => code === row.code) ?? { is_active: false };
        if (differs(row, wanted)) changed.push(await updateRow(tx, ReasonEntity, row, wanted, call, at));
      }
      const announced = [
        ...added.map((row) => announcement(reasonCreated, row, row.id)),
        ...changed.map((row) => announcement(reasonUpdated, row, row.id)),
      ];
      await announce(tx, announced, call, at);
      const codes = tree.map(({ code }) => code);
      return { items: await inOrder(tx, codes) };
    });

const differs = (row: ReasonRow, wanted: Partial<ReasonRow>): boolean =>
  Object.entries(wanted).some(([field, value]) => row[field as keyof ReasonRow] !== value);

const inOrder = (tx: Tx, codes: readonly string[]): Promise<ReasonRow[]> =>
  tx.query<ReasonRow>(
    'select r.* from unnest($2::text[]) with ordinality as c(code, at) join reason r on r.tenant_id = $1 and r.code = c.code order by c.at',
    [tx.tenant, codes],
  );

import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, reasonCreated, reasonUpdated, type ReasonRow } from '@plantops/contracts';
import { announce, announcement, columnsOf, insertRows, updateRow, type Tx } from '@plantops/persistence';
import { treeOf } from './reason.rules.ts';
import { ReasonEntity } from './reason.table.ts';

/** The limit includes retired reasons. */
const MOST_REASONS = 2_000;

/** Replaces the whole tree: adds new reasons, updates changed ones, retires those left out. */
export const setReasons = command(contracts.setReasons, () => async ({ items }, { tx, call, at }) => {
  const tree = treeOf(items);
  await tx.lock('reasons');
  const rows = await tx.query<ReasonRow>(`select ${columnsOf(ReasonEntity)} from reason where tenant_id = $1`, [
    tx.tenant,
  ]);
  const known = new Set(rows.map(({ code }) => code));
  const fresh = tree.filter(({ code }) => !known.has(code));
  if (rows.length + fresh.length > MOST_REASONS)
    throw Problem.field(
      'items',
      `there are ${rows.length} reasons, retired ones included; at most ${MOST_REASONS} are stored: use their codes again`,
    );
  const added = await insertRows(tx, ReasonEntity, fresh, call, at);
  const changed: ReasonRow[] = [];
  for (const row of rows) {
    const wanted = tree.find(({ code }) => code === row.code) ?? { is_active: false };
    if (differs(row, wanted)) changed.push(await updateRow(tx, ReasonEntity, row, wanted, call, at));
  }
  const announcements = [
    ...added.map((row) => announcement(reasonCreated, row, row.id)),
    ...changed.map((row) => announcement(reasonUpdated, row, row.id)),
  ];
  await announce(tx, announcements, call, at);
  const codes = tree.map(({ code }) => code);
  return { items: await inOrder(tx, codes) };
});

const differs = (row: ReasonRow, wanted: Partial<ReasonRow>): boolean =>
  Object.entries(wanted).some(([field, value]) => row[field as keyof ReasonRow] !== value);

const inOrder = (tx: Tx, codes: readonly string[]): Promise<ReasonRow[]> =>
  tx.query<ReasonRow>(
    `select ${columnsOf(ReasonEntity, 'r')}
     from unnest($2::text[]) with ordinality as c(code, at)
     join reason r on r.tenant_id = $1 and r.code = c.code
     order by c.at`,
    [tx.tenant, codes],
  );

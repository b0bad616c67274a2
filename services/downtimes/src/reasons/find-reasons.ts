import type { ReasonRow } from '@plantops/contracts';
import { columnsOf, type Tx } from '@plantops/persistence';
import type { Reasons } from './reason.rules.ts';
import { ReasonEntity } from './reason.table.ts';

/** The active reasons with these codes. */
export const findReasons = async (tx: Tx, codes: readonly (string | null | undefined)[]): Promise<Reasons> => {
  const named = [...new Set(codes)].filter((code) => code !== null && code !== undefined);
  if (named.length === 0) return new Map();
  const rows = await tx.query<ReasonRow>(
    `select ${columnsOf(ReasonEntity)} from reason where tenant_id = $1 and code = any($2) and is_active`,
    [tx.tenant, named],
  );
  return new Map(rows.map((row) => [row.code, row]));
};

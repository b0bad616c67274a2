/**
 * The batches `n` of a line that begin after another one, in SQL; `batch` names a row with line, beginning and id, the tenant is the first
 * parameter. Of two that begin at the same instant the one with the higher id is the later, as in the accounting: which of them was told
 * first is of no matter.
 */
export const laterBatches = (batch: string): string =>
  `fact n where n.tenant_id = $1 and n.line_id = ${batch}.line_id and n.kind = 'batch' and (n.began, n.id) > (${batch}.began, ${batch}.id)`;

/** Postings and reversals with what people have said of the posting, in SQL. */

/**
 * The rows `t` of the ledger, or of another table like it. Joined by columns only: behind row-level security no index
 * serves an expression.
 */
export function netLeaks(table = 'money_leak'): string {
  return `${table} t
    left join money_leak_action a on a.money_leak_id = t.id
    left join money_leak_action o on o.money_leak_id = t.reverses_id`;
}

/** Whether the loss could have been avoided: what people said last, or else what the rule says. */
export const NET_IS_AVOIDABLE =
  'coalesce(case when t.reverses_id is null then a.is_avoidable else o.is_avoidable end, t.is_avoidable)';

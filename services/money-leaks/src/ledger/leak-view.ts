/** A posting with what people have said of it, as it is answered. */
import { LEAK_VIEW } from '../postings/ledger-row.ts';

/** The tables that `LEAK_ANSWER` is read from. */
export const LEAK_TABLE = 'money_leak t left join money_leak_action a on a.money_leak_id = t.id';

export const LEAK_ANSWER = `${LEAK_VIEW.replace('t.is_avoidable', 'coalesce(a.is_avoidable, t.is_avoidable) as is_avoidable')},
  a.action_taken, 1 + coalesce(a.version, 0) as version,
  coalesce(a.updated_at, t.recorded_at) as updated_at, coalesce(a.updated_by, t.created_by) as updated_by`;

/** A stop as it is answered: with what it has cost, the sum of its postings. */
export const VIEW = 't.*, coalesce((select c.amount from downtime_cost c where c.downtime_id = t.id), 0) as cost_impact';

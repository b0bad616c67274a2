/** A stop as it is answered: with what it has cost, the sum of its postings. */
export const VIEW = 't.*, coalesce(c.amount, 0) as cost_impact';
export const VIEW_FROM = 'downtime t left join downtime_cost c on c.downtime_id = t.id';

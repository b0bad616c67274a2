import { sqlMigration } from '@plantops/persistence';

/**
 * The cost of a unit with all decimals: what was given for a pallet may be less than a millionth for one of its units.
 * Another type of the column that is there would break the prepared statements of copies of the version before, which
 * go on with it: each new row has both. Rows of theirs have the six decimals alone.
 */
export const keepSmallCosts = sqlMigration(
  '20261130T1700-keep-small-costs',
  `
  alter table money_leak add column exact_unit_cost numeric;
  `,
);

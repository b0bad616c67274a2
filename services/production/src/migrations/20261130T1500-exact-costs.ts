import { sqlMigration } from '@plantops/persistence';

const PRODUCT = ['unit_cost', 'salvage_value', 'material_cost'];
const SCRAP = ['unit_cost'];

/**
 * Costs of a unit with six decimals, in columns of their own. Another type of a column that is there would break the
 * prepared statements of copies of the version before, which go on with the narrow columns: each write sets both.
 */
const widen = (table: string, columns: readonly string[]): string => `
  alter table ${table} ${columns.map((column) => `add column exact_${column} numeric(16,6)`).join(', ')};
  create function widen_${table}() returns trigger language plpgsql as $$
  begin
    ${columns
      .map(
        (column) => `
    if tg_op = 'INSERT' then
      new.exact_${column} := coalesce(new.exact_${column}, new.${column});
      new.${column} := new.exact_${column};
    elsif new.exact_${column} is distinct from old.exact_${column} then
      new.${column} := new.exact_${column};
    elsif new.${column} is distinct from old.${column} then
      new.exact_${column} := new.${column};
    end if;`,
      )
      .join('')}
    return new;
  end $$;
  create trigger widen before insert or update on ${table} for each row execute function widen_${table}();`;

export const exactCosts = sqlMigration(
  '20261130T1500-exact-costs',
  `
  ${widen('product', PRODUCT)}
  update product set ${PRODUCT.map((column) => `exact_${column} = ${column}`).join(', ')};
  ${widen('scrap_event', SCRAP)}
  `,
);

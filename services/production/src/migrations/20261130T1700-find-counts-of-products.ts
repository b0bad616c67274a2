import { sqlMigration } from '@plantops/persistence';

/** Whether a product has counts; those of batches are found by their batches. */
export const findCountsOfProducts = sqlMigration(
  '20261130T1700-find-counts-of-products',
  `
  create index unit_count_product on unit_count (tenant_id, product_id)
  where batch_id is null and product_id is not null;
  `,
);

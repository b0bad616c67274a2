import { sqlMigration } from '@plantops/persistence';

/**
 * Stops and batches are looked for by their beginning and end: the range index cost more to write than all others of a
 * stop together. Services of the version before ask `spans_over` for batches, which are few.
 */
export const narrowSpans = sqlMigration(
  '20261130T0900-narrow-spans',
  `
  drop index fact_span;
  create or replace function spans_over(of_line uuid, asked tstzrange) returns setof fact language sql stable security definer set search_path = public as
    $$ select * from fact where tenant_id = current_setting('app.tenant_id', true) and line_id = of_line and kind = 'batch' and tstzrange(began, ended) && asked $$;
  `,
);

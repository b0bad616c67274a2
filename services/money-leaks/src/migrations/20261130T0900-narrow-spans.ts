import { overlapFunction, sqlMigration } from '@plantops/persistence';

/**
 * Only batches are looked for by overlap: stops, which are many, leave the range index, which costs more to write than
 * all others of a stop together. Services of the version before ask `spans_over` for batches, too.
 */
export const narrowSpans = sqlMigration(
  '20261130T0900-narrow-spans',
  `
  drop index fact_span;
  create index fact_batch_span on fact using gist (tenant_id, line_id, tstzrange(began, ended)) where kind = 'batch';
  ${overlapFunction({ name: 'batches_over', table: 'fact', span: 'tstzrange(began, ended)', where: "kind = 'batch'" })}
  create or replace function spans_over(of_line uuid, asked tstzrange) returns setof fact language sql stable security definer set search_path = public as
    $$ select * from batches_over(of_line, asked) $$;
  `,
);

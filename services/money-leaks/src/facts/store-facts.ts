/** What other services announce, kept as facts: the newest version of each, in whatever order they come. */
import type { BatchRow, CloudEvent, CountRow, DowntimeRow, ScrapRow, StateReport, TrialRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

export type Fact = {
  kind: 'stop' | 'batch' | 'count' | 'scrap' | 'state' | 'trial';
  id: string;
  version: number;
  line_id: string;
  batch_id: string | null;
  batch_number: string | null;
  product_id: string | null;
  began: string;
  ended: string | null;
  data: object;
};

/** The fact that an event tells of; undefined where it concerns no time of a line (a batch that never started). */
export const factOf = ({ type, data }: CloudEvent): Fact | undefined => {
  const [entity] = type.split('.');
  if (entity === 'downtime') {
    const stop = data as DowntimeRow;
    return { kind: 'stop', ...keys(stop), product_id: null, began: stop.start_time, ended: stop.end_time, data: stop };
  }
  if (entity === 'batch') {
    const batch = data as BatchRow;
    return batch.started_at === null
      ? undefined
      : {
          kind: 'batch',
          ...keys({ ...batch, batch_id: null }),
          product_id: batch.product_id,
          began: batch.started_at,
          ended: batch.completed_at ?? batch.cancelled_at,
          data: batch,
        };
  }
  if (entity === 'count' || entity === 'scrap') {
    const units = data as CountRow | ScrapRow;
    return { kind: entity, ...keys(units), product_id: units.product_id, began: units.at, ended: units.at, data: units };
  }
  if (entity === 'state') {
    const report = data as StateReport;
    return {
      kind: 'state',
      id: report.id,
      version: 1,
      line_id: report.line_id,
      batch_id: null,
      batch_number: null,
      product_id: null,
      began: report.at,
      ended: report.at,
      data: report,
    };
  }
  const trial = data as TrialRow;
  return {
    kind: 'trial',
    ...keys({ ...trial, batch_number: null }),
    product_id: null,
    began: trial.started_at ?? trial.created_at,
    ended: trial.completed_at ?? trial.cancelled_at,
    data: trial,
  };
};

type Keyed = { id: string; version: number; line_id: string; batch_id: string | null; batch_number: string | null };
const keys = ({ id, version, line_id, batch_id, batch_number }: Keyed): Keyed => ({ id, version, line_id, batch_id, batch_number });

/** Where a fact lay, and the batch that it named. */
export type Extent = Pick<Fact, 'kind' | 'id' | 'line_id' | 'batch_id' | 'batch_number' | 'began' | 'ended'>;

/** The facts that were new, or newer than what was known; and what was known of all of them before: what it covered then is touched as well. */
export type Remembered = { readonly changed: readonly Fact[]; readonly before: readonly Fact[] };

/** Keeps the facts, of each the newest version. */
export const rememberFacts = async (tx: Tx, facts: readonly Fact[]): Promise<Remembered> => {
  const newest = new Map<string, Fact>();
  for (const fact of facts) if ((newest.get(fact.id)?.version ?? 0) <= fact.version) newest.set(fact.id, fact);
  const before = await tx.query<Fact>(
    `select kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data from fact
     where tenant_id = $1 and (kind, id) in (select * from unnest($2::text[], $3::uuid[]))`,
    [tx.tenant, [...newest.values()].map(({ kind }) => kind), [...newest.keys()]],
  );
  const known = new Map(before.map(({ id, version }) => [id, version]));
  const changed = [...newest.values()].filter(({ id, version }) => version > (known.get(id) ?? 0));
  await tx.query(
    `insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
     select $1, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data from jsonb_populate_recordset(null::fact, $2::jsonb)
     on conflict (tenant_id, kind, id) do update set version = excluded.version, line_id = excluded.line_id, batch_id = excluded.batch_id, batch_number = excluded.batch_number,
       product_id = excluded.product_id, began = excluded.began, ended = excluded.ended, data = excluded.data
     where excluded.version > fact.version`,
    [tx.tenant, JSON.stringify(changed)],
  );
  return { changed, before };
};

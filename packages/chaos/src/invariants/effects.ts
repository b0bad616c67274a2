/**
 * I2: each source event has exactly its effects: in the rows of its owner, in the ledger, and in the cost of its stop.
 */
import { get } from '../load/client.ts';
import { senderOf } from '../load/writers.ts';
import type { Evidence } from '../evidence.ts';
import { EDGE_ID } from '../load/edge-tape.ts';
import { inTurns, missingFrom, type Finding } from './finding.ts';

const DAY_MS = 86_400_000;
/**
 * The whole time of the load's events, asked for in parts: after half an hour a line has twenty thousand events in it.
 */
const [WINDOW_DAYS, PART_DAYS] = [28, 4];
const AT_ONCE = 3;

/** The texts that contain an event's id. */
const MARKED = [
  ['downtimes', 'downtime', 'description', 'downtime.ended without a start'],
  ['downtimes', 'downtime', 'description', 'downtime.started'],
  ['production', 'scrap_event', 'note', 'scrap'],
  ['production', 'batch', 'operator', 'batch.started'],
] as const;

export async function checkEffects(evidence: Evidence): Promise<Finding> {
  const line = await lineEvents(evidence);
  const breaches = [...line.breaches, ...(await imbalances(evidence)), ...(await doublePostings(evidence)), ...(await costs(evidence))];
  return {
    name: 'I2',
    promise: 'each source event has exactly its effects',
    looked: evidence.good.length,
    breaches,
    lost: line.lost,
    twice: line.twice,
  };
}

/** Each event that the broker acknowledged is recorded by both owners and is one row. */
async function lineEvents({ tables, tenants, good }: Evidence): Promise<{ breaches: string[]; lost: number; twice: number }> {
  const breaches: string[] = [];
  let [lost, twice] = [0, 0];
  for (const tenant of tenants) {
    const sent = good.filter(({ event }) => event.tenant === tenant);
    const acked = sent.filter(({ outcome }) => outcome === 'acked').map(({ event }) => event);
    for (const service of ['production', 'downtimes'] as const) {
      const noted = await tables.query<{ event_id: string }>(service, 'select event_id from line_event where tenant_id = $1', [tenant]);
      const missing = missingFrom(
        new Set(noted.map(({ event_id }) => event_id)),
        acked.map(({ id }) => id),
      );
      lost += missing.length;
      breaches.push(...missing.map((id) => `${service} did not record ${id} of ${tenant}`));
    }
    const known = new Set(sent.map(({ event }) => event.id));
    for (const [service, table, column, kind] of MARKED) {
      const rows = await tables.query<{ text: string }>(
        service,
        `select ${column} as text from ${table} where tenant_id = $1 and ${column} like 'edge-%'`,
        [tenant],
      );
      const times = Map.groupBy(rows, ({ text }) => EDGE_ID.exec(text)?.[0] ?? text);
      const wanted = acked.filter((event) => kindIn(kind, event)).map(({ id }) => id);
      const missing = missingFrom(new Set(times.keys()), wanted);
      const double = [...times]
        .filter(([id, all]) => all.length > 1 || !known.has(id))
        .map(([id, all]) => `${id} is ${all.length} rows of ${table}`);
      lost += missing.length;
      twice += double.length;
      breaches.push(...missing.map((id) => `${id} of ${tenant} is not a row of ${table}`), ...double);
    }
    breaches.push(...(await counted({ tables, tenant, acked, isAllKnown: acked.length === sent.length })));
  }
  return { breaches, lost, twice };
}

const kindIn = (kind: string, event: { kind: string; payload: string }): boolean =>
  kind === 'downtime.ended without a start' ? event.kind === 'downtime.ended' && event.payload.includes('start_time') : event.kind === kind;

/** Counts have no text, so their units must add up. */
const counted = async ({
  tables,
  tenant,
  acked,
  isAllKnown,
}: {
  tables: Evidence['tables'];
  tenant: string;
  acked: readonly { kind: string; payload: string }[];
  isAllKnown: boolean;
}): Promise<string[]> => {
  if (!isAllKnown) return [];
  const wanted = acked
    .filter(({ kind }) => kind === 'count')
    .reduce((sum, { payload }) => sum + (JSON.parse(payload) as { good: number }).good, 0);
  const [row] = await tables.query<{ good: string }>(
    'production',
    'select coalesce(sum(good), 0) as good from unit_count where tenant_id = $1',
    [tenant],
  );
  return Number(row?.good) === wanted ? [] : [`${tenant}: ${wanted} units were sent, ${row?.good} are counted`];
};

/** Compares the ladder, computed from the owners' rows, with the ledger. */
async function imbalances({ chaos, data, tenants }: Evidence): Promise<string[]> {
  const breaches: string[] = [];
  const now = Date.now();
  const parts = Array.from({ length: WINDOW_DAYS / PART_DAYS }, (_, part) => {
    const [from, to] = [part + 1, part].map((before) => new Date(now - before * PART_DAYS * DAY_MS).toISOString());
    return `from=${from}&to=${to}`;
  });
  const lines = tenants.flatMap((tenant) => Object.entries(data.lines[tenant] ?? {}).map(([code, id]) => ({ tenant, code, id })));
  await inTurns(lines, AT_ONCE, async ({ tenant, code, id }) => {
    for (const part of parts) {
      const { status, body } = await get(senderOf(chaos, tenant), `/money-leaks/reconciliation?line_id=${id}&${part}`);
      if (body['imbalance_minutes'] !== 0) breaches.push(`${tenant} ${code}: reconciliation answers ${status} ${JSON.stringify(body)}`);
    }
  });
  return breaches;
}

async function doublePostings({ tables }: Evidence): Promise<string[]> {
  const rows = await tables.query<{ source_id: string; rule: string; n: string }>(
    'money-leaks',
    `select source_id, rule, count(*) as n
     from money_leak t
     where reverses_id is null
       and not exists (select from money_leak r where r.tenant_id = t.tenant_id and r.reverses_id = t.id)
     group by tenant_id, source_id, rule, occurred_from, batch_id
     having count(*) > 1`,
  );
  return rows.map(({ source_id, rule, n }) => `${source_id} has ${n} live postings by ${rule} at one instant`);
}

/**
 * downtimes adds up the postings of each stop: a posting that was missed or applied twice makes a permanent difference.
 */
async function costs({ tables }: Evidence): Promise<string[]> {
  const heard = await tables.query<{ id: string; amount: string }>('downtimes', 'select downtime_id as id, amount from downtime_cost');
  const posted = await tables.query<{ id: string; amount: string }>(
    'money-leaks',
    `select source_id as id, sum(amount) as amount from money_leak where source_type = 'downtime' group by source_id`,
  );
  const [said, meant] = [heard, posted].map((rows) => new Map(rows.map(({ id, amount }) => [id, Number(amount)]))) as [
    Map<string, number>,
    Map<string, number>,
  ];
  return [...new Set([...said.keys(), ...meant.keys()])]
    .filter((id) => (said.get(id) ?? 0) !== (meant.get(id) ?? 0))
    .map((id) => `stop ${id} costs ${said.get(id) ?? 0} in downtimes and ${meant.get(id) ?? 0} in the ledger`);
}

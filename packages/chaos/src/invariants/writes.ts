/**
 * I1: every acknowledged write exists once, with its id and version, by GET and in SQL. A refused write changed
 * nothing. A write of unknown outcome exists once or not at all. A write is found by its mark: the first event that
 * contains it is its effect.
 */
import type { ServiceName } from '@plantops/contracts';
import { get } from '../load/client.ts';
import { MARK, rowOf, type Entity, type Operation, type Row } from '../load/operation.ts';
import { senderOf } from '../load/writers.ts';
import { versionsOf, type Evidence, type Version } from '../evidence.ts';
import { inTurns, type Finding } from './finding.ts';

const HOMES: Readonly<
  Record<Entity, { readonly service: ServiceName; readonly table: string; readonly path: string }>
> = {
  downtime: { service: 'downtimes', table: 'downtime', path: '/downtimes' },
  batch: { service: 'production', table: 'batch', path: '/batches' },
  scrap: { service: 'production', table: 'scrap_event', path: '/scrap' },
  money_leak: { service: 'money-leaks', table: 'money_leak', path: '/money-leaks' },
  line: { service: 'production', table: 'line', path: '/lines' },
};
/** Fields that change with the postings, without a new version of the row. */
const APART = new Set(['cost_impact']);
const AT_ONCE = 6;

/** The versions in which each mark first occurs: one for each time that its write took effect. */
export function effectsOf(versions: readonly Version[]): ReadonlyMap<string, readonly Version[]> {
  const effects = new Map<string, Version[]>();
  const rows = Map.groupBy(versions, ({ tenant, entity, row }) => `${tenant} ${entity} ${row}`);
  for (const ofRow of rows.values()) {
    const seen = new Set<string>();
    for (const version of ofRow.toSorted((one, other) => one.version - other.version)) {
      const fresh = new Set((version.text.match(MARK) ?? []).filter((mark) => !seen.has(mark)));
      for (const mark of fresh) {
        seen.add(mark);
        // A batch's number is also in its units and stops; the mark belongs to the batch.
        effects.set(`${version.entity} ${mark}`, [...(effects.get(`${version.entity} ${mark}`) ?? []), version]);
      }
    }
  }
  return effects;
}

export async function checkWrites(evidence: Evidence): Promise<Finding> {
  const { operations, announced } = evidence;
  const effects = effectsOf(versionsOf(announced));
  const breaches: string[] = [];
  let [lost, twice] = [0, 0];
  for (const operation of operations) {
    const found = effects.get(`${operation.entity} ${operation.mark}`) ?? [];
    const row = rowOf(operation);
    const said = `${operation.mark} ${operation.method} ${operation.path} (${operation.result.outcome}, sent ${operation.sent} times)`;
    if (found.length > 1) {
      twice += 1;
      breaches.push(
        `${said} took effect ${found.length} times: ${found.map(({ row: id, version }) => `${id} v${version}`).join(', ')}`,
      );
    } else if (row !== undefined && (found[0]?.row !== row.id || found[0].version !== row.version)) {
      lost += 1;
      breaches.push(
        `${said} was answered with ${row.id} v${row.version}, the event has ${found[0] ? `v${found[0].version}` : 'nothing'}`,
      );
    } else if (operation.result.outcome === 'refused' && found.length > 0)
      breaches.push(`${said} was refused and changed ${found[0]?.row} v${found[0]?.version}`);
  }
  const rows = await checkRows(evidence, effects);
  return {
    name: 'I1',
    promise: 'acknowledged writes exist once, refused ones do not',
    looked: operations.length,
    breaches: [...breaches, ...rows],
    lost: lost + rows.length,
    twice,
  };
}

/** Compares the last answer about each row with the row as it is now. */
async function checkRows(evidence: Evidence, effects: ReadonlyMap<string, readonly Version[]>): Promise<string[]> {
  const { chaos, tables, operations } = evidence;
  const breaches: string[] = [];
  const answered = operations.flatMap((operation) => {
    const row = rowOf(operation);
    return row === undefined ? [] : [{ operation, row }];
  });
  const last = [...Map.groupBy(answered, ({ row }) => row.id).values()].map((all) =>
    all.reduce((one, other) => (other.row.version > one.row.version ? other : one)),
  );
  const stored = new Map<string, number>();
  for (const { service, table } of Object.values(HOMES)) {
    const version = table === 'money_leak' ? '1 as version' : 'version';
    const rows = await tables.query<{ key: string; version: number }>(
      service,
      `select tenant_id || ' ' || id as key, ${version} from ${table}`,
    );
    for (const row of rows) stored.set(row.key, row.version);
  }
  await inTurns(last, AT_ONCE, async ({ operation, row }) => {
    const { path } = HOMES[operation.entity];
    const { status, body } = await get(senderOf(chaos, operation.tenant), `${path}/${row.id}`);
    const problem = differenceOf(
      row,
      stored.get(`${operation.tenant} ${row.id}`),
      status,
      body,
      unansweredOn(operations, effects, row),
    );
    if (problem !== undefined) breaches.push(`${operation.entity} ${row.id} of ${operation.mark}: ${problem}`);
  });
  return breaches;
}

/** Whether a write of unknown outcome changed the row. */
const unansweredOn = (
  operations: readonly Operation[],
  effects: ReadonlyMap<string, readonly Version[]>,
  row: Row,
): boolean =>
  operations.some(
    ({ entity, mark, result }) => result.outcome === 'unknown' && effects.get(`${entity} ${mark}`)?.[0]?.row === row.id,
  );

function differenceOf(
  row: Row,
  stored: number | undefined,
  status: number,
  body: Readonly<Record<string, unknown>>,
  isUnanswered: boolean,
): string | undefined {
  if (stored === undefined) return 'is not in its table';
  if (status !== 200) return `GET answers ${status}`;
  if (stored !== body['version'] || stored < row.version)
    return `answered v${row.version}, stored v${stored}, GET v${String(body['version'])}`;
  if (stored > row.version) return isUnanswered ? undefined : `answered v${row.version}, and no write made v${stored}`;
  const other = Object.keys(row).find(
    (field) => !APART.has(field) && JSON.stringify(row[field]) !== JSON.stringify(body[field]),
  );
  return other === undefined
    ? undefined
    : `${other} was answered as ${JSON.stringify(row[other])} and is ${JSON.stringify(body[other])}`;
}

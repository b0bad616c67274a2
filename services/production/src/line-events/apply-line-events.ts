import type { LineEvent, LineRow } from '@plantops/contracts';
import { waitKey, type ApplyLineEvents, type Tx, type Verdict } from '@plantops/persistence';
import { onBatchCompleted } from '../batches/on-batch-completed.ts';
import { onBatchStarted } from '../batches/on-batch-started.ts';
import { onCounts } from '../counts/on-counts.ts';
import { onScraps } from '../scrap/on-scraps.ts';

/** A line event whose line and product are known. */
export type Located<K extends LineEvent['kind']> = {
  readonly event: LineEvent<K>;
  readonly line: Pick<LineRow, 'id' | 'code'>;
  readonly productId: string | null;
};

/** Batches begin before their units are booked and end after them, so that events that came together need not wait for each other. */
const inOrder = ['batch.started', 'count', 'scrap', 'batch.completed'] as const;

export const applyLineEvents: ApplyLineEvents = async (tx, events, now) => {
  const lines = await idsByCode(
    tx,
    'line',
    events.map(({ line }) => line),
  );
  const products = await idsByCode(
    tx,
    'product',
    events.flatMap(({ body }) => ('product_code' in body && body.product_code !== undefined ? [body.product_code] : [])),
  );
  const verdicts = new Map<LineEvent, Verdict>();
  const located: Located<LineEvent['kind']>[] = [];
  for (const event of events) {
    const lineId = lines.get(event.line);
    const productCode = 'product_code' in event.body ? event.body.product_code : undefined;
    const productId = productCode === undefined ? null : products.get(productCode);
    if (lineId === undefined) verdicts.set(event, { waitsFor: waitKey.line(event.line) });
    else if (productId === undefined) verdicts.set(event, { waitsFor: waitKey.product(productCode as string) });
    else located.push({ event, line: { id: lineId, code: event.line }, productId });
  }
  for (const kind of inOrder) {
    const ofKind = located.filter(({ event }) => event.kind === kind);
    if (ofKind.length === 0) continue;
    const results = await apply[kind](tx, ofKind as never, now);
    for (const [index, { event }] of ofKind.entries()) verdicts.set(event, results[index] as Verdict);
  }
  return events.map((event) => verdicts.get(event) as Verdict);
};

const oneByOne =
  <K extends LineEvent['kind']>(handle: (tx: Tx, located: Located<K>, now: string) => Promise<Verdict>) =>
  async (tx: Tx, located: readonly Located<K>[], now: string): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    for (const one of located) verdicts.push(await handle(tx, one, now));
    return verdicts;
  };

const apply = {
  'batch.started': oneByOne(onBatchStarted),
  count: onCounts,
  scrap: onScraps,
  'batch.completed': oneByOne(onBatchCompleted),
} as const;

const idsByCode = async (tx: Tx, table: 'line' | 'product', codes: readonly string[]): Promise<Map<string, string>> => {
  if (codes.length === 0) return new Map();
  const rows = await tx.query<{ id: string; code: string }>(`select id, code from ${table} where tenant_id = $1 and code = any($2)`, [
    tx.tenant,
    [...new Set(codes)],
  ]);
  return new Map(rows.map(({ id, code }) => [code, id]));
};

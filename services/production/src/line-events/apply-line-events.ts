import type { LineEvent } from '@plantops/contracts';
import { applyInOrder, oneByOne, waitKey, type Tx } from '@plantops/persistence';
import { applyBatchCompleted } from '../batches/apply-batch-completed.ts';
import { applyBatchStarted } from '../batches/apply-batch-started.ts';
import { applyBatchWord } from '../batches/apply-batch-word.ts';
import { applyCounters } from '../counters/apply-counters.ts';
import { applyCounts } from '../counts/apply-counts.ts';
import { applyScraps } from '../scrap/apply-scraps.ts';

const productCodeOf = ({ body }: LineEvent): string | undefined =>
  'product_code' in body ? body.product_code : undefined;

const locate = async (tx: Tx, events: readonly LineEvent[]) => {
  const lineCodes = events.map(({ line }) => line);
  const lines = await idsByCode(tx, 'line', lineCodes);
  const productCodes = events.map(productCodeOf).filter((code) => code !== undefined);
  const products = await idsByCode(tx, 'product', productCodes);
  return events.map((event) => {
    const lineId = lines.get(event.line);
    const productCode = productCodeOf(event);
    const productId = productCode === undefined ? null : products.get(productCode);
    if (lineId === undefined) return { waitsFor: waitKey.line(event.line) };
    if (productId === undefined) return { waitsFor: waitKey.product(productCode as string) };
    return { event, line: { id: lineId, code: event.line }, productId };
  });
};

export const applyLineEvents = applyInOrder(locate, [
  { kind: 'batch.started', apply: oneByOne(applyBatchStarted) },
  { kind: 'count', apply: applyCounts },
  { kind: 'counter', apply: applyCounters },
  { kind: 'scrap', apply: applyScraps },
  { kind: 'batch.paused', apply: oneByOne(applyBatchWord) },
  { kind: 'batch.resumed', apply: oneByOne(applyBatchWord) },
  { kind: 'batch.completed', apply: oneByOne(applyBatchCompleted) },
]);

const idsByCode = async (tx: Tx, table: 'line' | 'product', codes: readonly string[]): Promise<Map<string, string>> => {
  if (codes.length === 0) return new Map();
  const rows = await tx.query<{ id: string; code: string }>(
    `select id, code from ${table} where tenant_id = $1 and code = any($2)`,
    [tx.tenant, [...new Set(codes)]],
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
};

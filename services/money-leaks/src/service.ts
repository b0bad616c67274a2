import { batchCheck, dataService, masterLookup, on } from '@plantops/backbone';
import { getBatch, getLine, getPlant, getProduct } from '@plantops/contracts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { copiedBatch } from './facts/copied-batch.ts';
import { getByReason } from './figures/get-by-reason.ts';
import { getFigures } from './figures/get-figures.ts';
import { getLineOee, getOee } from './figures/get-oee.ts';
import { getReliability } from './figures/get-reliability.ts';
import { getTimeline } from './figures/get-timeline.ts';
import { keepDays } from './figures/keep-days.ts';
import { explainMoneyLeak } from './ledger/explain-money-leak.ts';
import { getByCategory } from './ledger/get-by-category.ts';
import { getMoneyLeak } from './ledger/get-money-leak.ts';
import { getOverview } from './ledger/get-overview.ts';
import { listMoneyLeaks } from './ledger/list-money-leaks.ts';
import { recordMoneyLeak } from './ledger/record-money-leak.ts';
import { setAction } from './ledger/set-action.ts';
import { onFacts } from './postings/on-facts.ts';
import { onMaster } from './postings/on-master.ts';
import { getReconciliation } from './reconciliation/get-reconciliation.ts';

const TEN_MINUTES_MS = 600_000;

export const start = dataService<Deps>('money-leaks', {
  tables,
  deps: (base) => ({
    ...base,
    line: masterLookup('line', (id, call) => base.bus.call(getLine, { id }, call)),
    plant: masterLookup('plant', (id, call) => base.bus.call(getPlant, { id }, call)),
    product: masterLookup('product', (id, call) => base.bus.call(getProduct, { id }, call)),
    batch: batchCheck((id, call) => base.bus.call(getBatch, { id }, call), copiedBatch),
  }),
  operations: [
    recordMoneyLeak,
    setAction,
    explainMoneyLeak,
    getReconciliation,
    getMoneyLeak,
    listMoneyLeaks,
    getByCategory,
    getOverview,
    getByReason,
    getReliability,
    getTimeline,
    getLineOee,
    getOee,
    getFigures,
  ],
  reactions: [
    on(['plant', 'line', 'product'], onMaster),
    on(['downtime', 'state', 'batch', 'count', 'scrap', 'trial'], onFacts),
  ],
  jobs: [{ name: 'kept days', everyMs: TEN_MINUTES_MS, run: ({ database, now }) => keepDays(database, now()) }],
});

import { dataService, getById, on } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Batch } from './batches/batch.table.ts';
import { cancelBatch } from './batches/cancel-batch.ts';
import { completeBatch } from './batches/complete-batch.ts';
import { listBatches } from './batches/list-batches.ts';
import { pauseBatch } from './batches/pause-batch.ts';
import { planBatch } from './batches/plan-batch.ts';
import { resumeBatch } from './batches/resume-batch.ts';
import { startBatch } from './batches/start-batch.ts';
import { updateBatch } from './batches/update-batch.ts';
import { correctCounters } from './counters/correct-counters.ts';
import { listCounts } from './counts/list-counts.ts';
import { logCount } from './counts/log-count.ts';
import { voidCount } from './counts/void-count.ts';
import { tables } from './database.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { lineEventHandler } from './line-events/line-event-handler.ts';
import { onLines, onProducts } from './line-events/on-master-data.ts';
import { createLine } from './lines/create-line.ts';
import { Line } from './lines/line.table.ts';
import { listLines } from './lines/list-lines.ts';
import { updateLine } from './lines/update-line.ts';
import { createPlant } from './plants/create-plant.ts';
import { getShifts } from './plants/get-shifts.ts';
import { listPlants } from './plants/list-plants.ts';
import { Plant } from './plants/plant.table.ts';
import { setShifts } from './plants/set-shifts.ts';
import { updatePlant } from './plants/update-plant.ts';
import { createProduct } from './products/create-product.ts';
import { listProducts } from './products/list-products.ts';
import { Product } from './products/product.table.ts';
import { setRate } from './products/set-rate.ts';
import { updateProduct } from './products/update-product.ts';
import { listScrap } from './scrap/list-scrap.ts';
import { logScrap } from './scrap/log-scrap.ts';
import { ScrapEvent } from './scrap/scrap-event.table.ts';
import { voidScrap } from './scrap/void-scrap.ts';
import { getSettings } from './settings/get-settings.ts';
import { setSettings } from './settings/set-settings.ts';
import { correctUnits } from './units/correct-units.ts';

const A_SECOND_MS = 1_000;

export const start = dataService('production', {
  tables,
  deps: (base) => base,
  operations: [
    getSettings,
    setSettings,
    createPlant,
    updatePlant,
    getById(contracts.getPlant, Plant, 'plant'),
    listPlants,
    getShifts,
    setShifts,
    createLine,
    updateLine,
    getById(contracts.getLine, Line, 'line'),
    listLines,
    createProduct,
    updateProduct,
    getById(contracts.getProduct, Product, 'product'),
    listProducts,
    setRate,
    planBatch,
    updateBatch,
    startBatch,
    pauseBatch,
    resumeBatch,
    completeBatch,
    cancelBatch,
    getById(contracts.getBatch, Batch, 'batch'),
    listBatches,
    logCount,
    voidCount,
    listCounts,
    logScrap,
    voidScrap,
    getById(contracts.getScrap, ScrapEvent, 'scrap event'),
    listScrap,
    getRows,
    getFigures,
  ],
  lineEvents: lineEventHandler,
  reactions: [on('line', onLines), on('product', onProducts)],
  jobs: [
    { name: 'unit corrections', everyMs: A_SECOND_MS, run: ({ database, now }) => correctUnits(database, now()) },
    { name: 'counter corrections', everyMs: A_SECOND_MS, run: ({ database, now }) => correctCounters(database, now()) },
  ],
});

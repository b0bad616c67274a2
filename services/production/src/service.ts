import * as contracts from '@plantops/contracts';
import { applyEvents, Database, expireWaiting, receiveLineEvents, startRelay } from '@plantops/persistence';
import { answer, Bus, every, systemClock, type Start } from '@plantops/service-kit';
import { cancelBatch } from './batches/cancel-batch.ts';
import { completeBatch } from './batches/complete-batch.ts';
import { getBatch } from './batches/get-batch.ts';
import { listBatches } from './batches/list-batches.ts';
import { planBatch } from './batches/plan-batch.ts';
import { startBatch } from './batches/start-batch.ts';
import type { Config } from './config.ts';
import { listCounts } from './counts/list-counts.ts';
import { logCount } from './counts/log-count.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { lineEventKeeper } from './line-events/keeper.ts';
import { listRejections } from './line-events/list-rejections.ts';
import { onMaster } from './line-events/on-master.ts';
import { createLine } from './lines/create-line.ts';
import { getLine } from './lines/get-line.ts';
import { listLines } from './lines/list-lines.ts';
import { updateLine } from './lines/update-line.ts';
import { createPlant } from './plants/create-plant.ts';
import { getPlant } from './plants/get-plant.ts';
import { listPlants } from './plants/list-plants.ts';
import { updatePlant } from './plants/update-plant.ts';
import { createProduct } from './products/create-product.ts';
import { getProduct } from './products/get-product.ts';
import { listProducts } from './products/list-products.ts';
import { updateProduct } from './products/update-product.ts';
import { getScrap } from './scrap/get-scrap.ts';
import { listScrap } from './scrap/list-scrap.ts';
import { logScrap } from './scrap/log-scrap.ts';
import { voidScrap } from './scrap/void-scrap.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps) => [
  answer(contracts.createPlant, createPlant(deps)),
  answer(contracts.updatePlant, updatePlant(deps)),
  answer(contracts.getPlant, getPlant(deps)),
  answer(contracts.listPlants, listPlants(deps)),
  answer(contracts.createLine, createLine(deps)),
  answer(contracts.updateLine, updateLine(deps)),
  answer(contracts.getLine, getLine(deps)),
  answer(contracts.listLines, listLines(deps)),
  answer(contracts.createProduct, createProduct(deps)),
  answer(contracts.updateProduct, updateProduct(deps)),
  answer(contracts.getProduct, getProduct(deps)),
  answer(contracts.listProducts, listProducts(deps)),
  answer(contracts.planBatch, planBatch(deps)),
  answer(contracts.startBatch, startBatch(deps)),
  answer(contracts.completeBatch, completeBatch(deps)),
  answer(contracts.cancelBatch, cancelBatch(deps)),
  answer(contracts.getBatch, getBatch(deps)),
  answer(contracts.listBatches, listBatches(deps)),
  answer(contracts.logCount, logCount(deps)),
  answer(contracts.listCounts, listCounts(deps)),
  answer(contracts.logScrap, logScrap(deps)),
  answer(contracts.voidScrap, voidScrap(deps)),
  answer(contracts.getScrap, getScrap(deps)),
  answer(contracts.listScrap, listScrap(deps)),
  answer(contracts.listProductionRejections, listRejections(deps)),
  answer(contracts.getProductionFigures, getFigures(deps)),
];

export const start: Start<Config> = async (config, lifetime, logger) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('production', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const deps: Deps = { database, now: systemClock };
  lifetime.defer(
    'relay',
    startRelay(database, (messages) => bus.publish(messages)),
  );
  lifetime.defer('answers', await bus.serve('production', answers(deps)));
  lifetime.defer(
    'line events',
    bus.consumeIngest({ durable: 'production', handle: (batch) => receiveLineEvents(database, lineEventKeeper, batch, deps.now()) }),
  );
  lifetime.defer(
    'master data',
    bus.consume({
      stream: contracts.streamName.master,
      durable: 'production',
      handle: (batch) =>
        applyEvents(
          database,
          batch.map(({ payload }) => payload),
          (type) => /^(line|product)\./.test(type),
          onMaster(deps),
        ),
    }),
  );
  lifetime.defer(
    'expiry',
    every(3_600_000, logger, () => expireWaiting(database, lineEventKeeper, deps.now())),
  );
  return { ready: () => bus.connected };
};

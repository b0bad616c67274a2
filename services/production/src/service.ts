import * as contracts from '@plantops/contracts';
import {
  deadLetters,
  Database,
  eventHandler,
  expireWaiting,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listMissingEvents,
  listRejections,
  receiveLineEvents,
  replayDeadLetter,
  sendMissing,
  startRelay,
  startReleasing,
} from '@plantops/persistence';
import { answer, askMissing, Bus, every, type Handlers, type Start } from '@plantops/service-kit';
import { cancelBatch } from './batches/cancel-batch.ts';
import { completeBatch } from './batches/complete-batch.ts';
import { getBatch } from './batches/get-batch.ts';
import { listBatches } from './batches/list-batches.ts';
import { planBatch } from './batches/plan-batch.ts';
import { startBatch } from './batches/start-batch.ts';
import { updateBatch } from './batches/update-batch.ts';
import type { Config } from './config.ts';
import { listCounts } from './counts/list-counts.ts';
import { logCount } from './counts/log-count.ts';
import { voidCount } from './counts/void-count.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { lineEventKeeper } from './line-events/keeper.ts';
import { onMaster } from './line-events/on-master.ts';
import { createLine } from './lines/create-line.ts';
import { getLine } from './lines/get-line.ts';
import { listLines } from './lines/list-lines.ts';
import { updateLine } from './lines/update-line.ts';
import { createPlant } from './plants/create-plant.ts';
import { getPlant } from './plants/get-plant.ts';
import { getShifts } from './plants/get-shifts.ts';
import { listPlants } from './plants/list-plants.ts';
import { setShifts } from './plants/set-shifts.ts';
import { updatePlant } from './plants/update-plant.ts';
import { createProduct } from './products/create-product.ts';
import { getProduct } from './products/get-product.ts';
import { listProducts } from './products/list-products.ts';
import { setRate } from './products/set-rate.ts';
import { updateProduct } from './products/update-product.ts';
import { getScrap } from './scrap/get-scrap.ts';
import { listScrap } from './scrap/list-scrap.ts';
import { logScrap } from './scrap/log-scrap.ts';
import { voidScrap } from './scrap/void-scrap.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps, handlers: Handlers) => [
  answer(contracts.createPlant, createPlant(deps)),
  answer(contracts.updatePlant, updatePlant(deps)),
  answer(contracts.getPlant, getPlant(deps)),
  answer(contracts.listPlants, listPlants(deps)),
  answer(contracts.getShifts, getShifts(deps)),
  answer(contracts.setShifts, setShifts(deps)),
  answer(contracts.createLine, createLine(deps)),
  answer(contracts.updateLine, updateLine(deps)),
  answer(contracts.getLine, getLine(deps)),
  answer(contracts.listLines, listLines(deps)),
  answer(contracts.createProduct, createProduct(deps)),
  answer(contracts.updateProduct, updateProduct(deps)),
  answer(contracts.getProduct, getProduct(deps)),
  answer(contracts.listProducts, listProducts(deps)),
  answer(contracts.setRate, setRate(deps)),
  answer(contracts.planBatch, planBatch(deps)),
  answer(contracts.updateBatch, updateBatch(deps)),
  answer(contracts.startBatch, startBatch(deps)),
  answer(contracts.completeBatch, completeBatch(deps)),
  answer(contracts.cancelBatch, cancelBatch(deps)),
  answer(contracts.getBatch, getBatch(deps)),
  answer(contracts.listBatches, listBatches(deps)),
  answer(contracts.logCount, logCount(deps)),
  answer(contracts.voidCount, voidCount(deps)),
  answer(contracts.listCounts, listCounts(deps)),
  answer(contracts.logScrap, logScrap(deps)),
  answer(contracts.voidScrap, voidScrap(deps)),
  answer(contracts.getScrap, getScrap(deps)),
  answer(contracts.listScrap, listScrap(deps)),
  answer(contracts.listProductionRejections, listRejections(deps.database, 'production')),
  answer(contracts.getProductionRows, getRows(deps)),
  answer(contracts.getProductionFigures, getFigures(deps)),
  answer(contracts.historyOf('production'), listHistory(deps.database)),
  answer(contracts.deadLettersOf('production').list, listDeadLetters(deps.database, 'production')),
  answer(contracts.deadLettersOf('production').replay, replayDeadLetter(deps.database, 'production', handlers)),
];

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('production', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const deps: Deps = { database, now };
  const handlers: Handlers = {
    ingest: (messages) => receiveLineEvents(database, lineEventKeeper, messages, deps.now()),
    master: eventHandler(database, contracts.takesIn('production', 'master'), onMaster(deps)),
  };
  lifetime.defer('relay', startRelay(database, bus));
  const missing = answer(
    contracts.missingEventsOf('production'),
    listMissingEvents(database, (tenant) => bus.backlogOf('production', tenant)),
  );
  lifetime.defer('answers', await bus.serve('production', [...answers(deps, handlers), missing], database.presence));
  lifetime.defer('consumers', bus.consume('production', handlers, deadLetters(database)));
  lifetime.defer('releasing', startReleasing(database, lineEventKeeper, now));
  lifetime.defer(
    'anti-entropy',
    every(300_000, logger, () => sendMissing(database, 'production', askMissing(bus, 'production'))),
  );
  lifetime.defer(
    'housekeeping',
    every(3_600_000, logger, async () => {
      await expireWaiting(database, lineEventKeeper, deps.now());
      await forgetKeys(database);
    }),
  );
  return { ready: () => bus.connected && database.presence.isThere };
};

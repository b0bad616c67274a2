/** REST, one row an endpoint: the method, the path under /api/v1/plant-ops, and the operation that answers. Roles are the operations' own. */
import * as contracts from '@plantops/contracts';
import type { Operation } from '@plantops/contracts';

export type Route = { readonly method: 'get' | 'post' | 'put' | 'delete'; readonly path: string; readonly operation: Operation };

const get = (path: string, operation: Operation): Route => ({ method: 'get', path, operation });
const post = (path: string, operation: Operation): Route => ({ method: 'post', path, operation });
const put = (path: string, operation: Operation): Route => ({ method: 'put', path, operation });
const del = (path: string, operation: Operation): Route => ({ method: 'delete', path, operation });

export const routes: readonly Route[] = [
  get('/overview', contracts.getOverview),

  post('/plants', contracts.createPlant),
  get('/plants', contracts.listPlants),
  get('/plants/{id}', contracts.getPlant),
  put('/plants/{id}', contracts.updatePlant),

  post('/lines', contracts.createLine),
  get('/lines', contracts.listLines),
  get('/lines/{id}', contracts.getLine),
  put('/lines/{id}', contracts.updateLine),
  get('/lines/{id}/oee', contracts.getLineOee),
  get('/oee', contracts.getOee),

  post('/products', contracts.createProduct),
  get('/products', contracts.listProducts),
  get('/products/{id}', contracts.getProduct),
  put('/products/{id}', contracts.updateProduct),

  post('/batches', contracts.planBatch),
  get('/batches', contracts.listBatches),
  get('/batches/{id}', contracts.getBatch),
  put('/batches/{id}/start', contracts.startBatch),
  put('/batches/{id}/complete', contracts.completeBatch),
  put('/batches/{id}/cancel', contracts.cancelBatch),
  post('/batches/{id}/counts', contracts.logCount),
  get('/batches/{id}/counts', contracts.listCounts),

  post('/scrap', contracts.logScrap),
  get('/scrap', contracts.listScrap),
  get('/scrap/{id}', contracts.getScrap),
  del('/scrap/{id}', contracts.voidScrap),

  post('/trials', contracts.planTrial),
  get('/trials', contracts.listTrials),
  get('/trials/{id}', contracts.getTrial),
  put('/trials/{id}', contracts.updateTrial),
  put('/trials/{id}/start', contracts.startTrial),
  put('/trials/{id}/complete', contracts.completeTrial),
  del('/trials/{id}/cancel', contracts.cancelTrial),

  post('/downtimes', contracts.startDowntime),
  get('/downtimes', contracts.listDowntimes),
  get('/downtimes/by-reason', contracts.getByReason),
  get('/downtimes/{id}', contracts.getDowntime),
  put('/downtimes/{id}', contracts.amendDowntime),
  del('/downtimes/{id}', contracts.voidDowntime),
  put('/downtimes/{id}/acknowledge', contracts.acknowledgeDowntime),
  put('/downtimes/{id}/end', contracts.endDowntime),

  post('/money-leaks', contracts.recordMoneyLeak),
  get('/money-leaks', contracts.listMoneyLeaks),
  get('/money-leaks/overview', contracts.getMoneyLeakOverview),
  get('/money-leaks/by-category', contracts.getByCategory),
  get('/money-leaks/{id}', contracts.getMoneyLeak),
];

/**
 * REST, one row per endpoint: the method, the path under /api/v1/plant-ops, and the operation that answers. The
 * operation says the role.
 */
import * as contracts from '@plantops/contracts';
import type { Operation } from '@plantops/contracts';

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  /** The operation; for a route of several services, the one whose input, output and role stand for all. */
  readonly operation: Operation;
  /**
   * Several services have rows of this kind: lists are merged, a row is asked of all, or the resource names its
   * owner; a command does its part in each.
   */
  readonly fanOut?: { readonly how: 'merge' | 'find' | 'resource' | 'sum'; readonly operations: readonly Operation[] };
};
/** Updates name the fields that change, so PATCH means the same as PUT (RFC 5789). */
export const methodsOf = ({ method, path }: Pick<Route, 'method' | 'path'>): readonly (Route['method'] | 'patch')[] =>
  method === 'put' && /^\/[a-z-]+\/\{id\}$/.test(path) ? ['put', 'patch'] : [method];

const get = (path: string, operation: Operation): Route => ({ method: 'get', path, operation });
const post = (path: string, operation: Operation): Route => ({ method: 'post', path, operation });
const put = (path: string, operation: Operation): Route => ({ method: 'put', path, operation });
const del = (path: string, operation: Operation): Route => ({ method: 'delete', path, operation });
const fanOut = (
  how: 'merge' | 'find' | 'resource' | 'sum',
  route: (path: string, operation: Operation) => Route,
  path: string,
  operations: Iterable<Operation>,
): Route => {
  const all = [...operations];
  return { ...route(path, all[0] as Operation), fanOut: { how, operations: all } };
};

const waitingOperations = (what: 'list' | 'release' | 'releaseAll' | 'discard'): Operation[] =>
  [...contracts.waiting.values()].map((operations) => operations[what]);

export const routes: readonly Route[] = [
  get('/overview', contracts.getOverview),

  get('/settings', contracts.getSettings),
  put('/settings', contracts.setSettings),

  post('/plants', contracts.createPlant),
  get('/plants', contracts.listPlants),
  get('/plants/{id}', contracts.getPlant),
  put('/plants/{id}', contracts.updatePlant),
  get('/plants/{id}/shifts', contracts.getShifts),
  put('/plants/{id}/shifts', contracts.setShifts),

  post('/lines', contracts.createLine),
  get('/lines', contracts.listLines),
  get('/lines/{id}', contracts.getLine),
  put('/lines/{id}', contracts.updateLine),
  get('/lines/{id}/oee', contracts.getLineOee),
  get('/lines/{id}/timeline', contracts.getTimeline),
  get('/oee', contracts.getOee),

  post('/products', contracts.createProduct),
  get('/products', contracts.listProducts),
  get('/products/{id}', contracts.getProduct),
  put('/products/{id}', contracts.updateProduct),
  put('/products/{id}/rates/{line_id}', contracts.setRate),

  post('/batches', contracts.planBatch),
  get('/batches', contracts.listBatches),
  get('/batches/{id}', contracts.getBatch),
  put('/batches/{id}', contracts.updateBatch),
  put('/batches/{id}/start', contracts.startBatch),
  put('/batches/{id}/pause', contracts.pauseBatch),
  put('/batches/{id}/resume', contracts.resumeBatch),
  put('/batches/{id}/complete', contracts.completeBatch),
  put('/batches/{id}/cancel', contracts.cancelBatch),
  post('/batches/{id}/counts', contracts.logCount),
  get('/batches/{id}/counts', contracts.listCounts),
  del('/batches/{id}/counts/{count_id}', contracts.voidCount),

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
  get('/downtimes/reliability', contracts.getReliability),
  get('/downtimes/{id}', contracts.getDowntime),
  put('/downtimes/{id}', contracts.amendDowntime),
  del('/downtimes/{id}', contracts.voidDowntime),
  put('/downtimes/{id}/acknowledge', contracts.acknowledgeDowntime),
  put('/downtimes/{id}/end', contracts.endDowntime),
  post('/downtimes/{id}/split', contracts.splitDowntime),
  get('/downtime-reasons', contracts.listReasons),
  put('/downtime-reasons', contracts.setReasons),

  post('/money-leaks', contracts.recordMoneyLeak),
  get('/money-leaks', contracts.listMoneyLeaks),
  get('/money-leaks/overview', contracts.getMoneyLeakOverview),
  get('/money-leaks/by-category', contracts.getByCategory),
  get('/money-leaks/reconciliation', contracts.getReconciliation),
  get('/money-leaks/{id}', contracts.getMoneyLeak),
  get('/money-leaks/{id}/explain', contracts.explainMoneyLeak),
  put('/money-leaks/{id}/action', contracts.setAction),

  post('/sensors', contracts.createSensor),
  get('/sensors', contracts.listSensors),
  get('/sensors/{id}', contracts.getSensor),
  put('/sensors/{id}', contracts.updateSensor),
  post('/sensors/{id}/readings', contracts.logReadings),
  get('/sensors/{id}/readings', contracts.getReadings),

  post('/connections', contracts.createConnection),
  get('/connections', contracts.listConnections),
  // Apart from the rejections of other services: a plant may be without connect.
  get('/connections/rejections', contracts.rejectionsOf('connect')),
  get('/connections/{id}', contracts.getConnection),
  put('/connections/{id}', contracts.updateConnection),
  post('/connections/{id}/dry-run', contracts.dryRun),
  post('/mappings', contracts.createMapping),
  get('/mappings', contracts.listMappings),
  get('/mappings/{id}', contracts.getMapping),
  put('/mappings/{id}', contracts.updateMapping),

  fanOut(
    'merge',
    get,
    '/ingest/rejections',
    [...contracts.rejections.values()].filter(({ service }) => service !== 'connect'),
  ),
  fanOut('merge', get, '/ingest/waiting', waitingOperations('list')),
  fanOut('sum', post, '/ingest/waiting/release', waitingOperations('releaseAll')),
  fanOut('find', post, '/ingest/waiting/{id}/release', waitingOperations('release')),
  fanOut('find', del, '/ingest/waiting/{id}', waitingOperations('discard')),
  fanOut(
    'merge',
    get,
    '/dead-letters',
    [...contracts.deadLetters.values()].map(({ list }) => list),
  ),
  fanOut(
    'find',
    post,
    '/dead-letters/{id}/replay',
    [...contracts.deadLetters.values()].map(({ replay }) => replay),
  ),
  post('/api-keys', contracts.createApiKey),
  get('/api-keys', contracts.listApiKeys),
  del('/api-keys/{id}', contracts.revokeApiKey),
  fanOut('resource', get, '/history/{resource}/{id}', contracts.histories.values()),
];

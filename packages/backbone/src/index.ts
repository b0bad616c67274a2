export { dataService, startDataService, type DataService, type Job } from './data-service.ts';
export { batchCheck, masterLookup, type BatchCheck, type Lookup } from './lookups.ts';
export { on } from './on.ts';
export { command, getById, query, useCase, type UseCase } from './use-case.ts';
export { inCommand, inQuery, type Base, type Work } from './work.ts';

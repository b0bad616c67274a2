export { type ReadyFile } from './ready-file.ts';
export { ROOT } from './all-services.ts';
export { NODE_FLAGS, serviceProcesses } from './service-processes.ts';
export { readSettings } from './settings.ts';

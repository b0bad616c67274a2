export { type ReadyFile } from './ready-file.ts';
export { NODE_FLAGS, ROOT, serviceProcesses } from './service-processes.ts';
export { readSettings } from './settings.ts';

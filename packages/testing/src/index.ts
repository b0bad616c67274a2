export * from '@plantops/fixtures';
export { freePort } from '@plantops/servers';
export { startServers } from './infrastructure.ts';
export { ServiceHarness, type Neighbour } from './service-harness.ts';
export { copyTemplate, createTemplates } from './templates.ts';

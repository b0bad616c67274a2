/** The servers a plant brings along, for whoever needs one without a whole plant, such as the tests. */
export { freePort } from '../free-port.ts';
export { findNatsServer } from './find-nats-server.ts';
export { startNatsServer } from './nats-server.ts';
export type { NatsServer, NatsServerSpec } from './nats-server.ts';
export { removePostgres } from './postgres-home.ts';
export { startPostgres } from './postgres.ts';
export type { EmbeddedPostgres, PostgresSpec } from './postgres.ts';

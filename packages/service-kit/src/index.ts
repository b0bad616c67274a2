export { askMissing } from './streams/ask-missing.ts';
export { Bus } from './bus.ts';
export type { Handlers } from './streams/consume-streams.ts';
export type { Outgoing, Stored } from './streams/publisher.ts';
export { decode, type RawAnswer } from './requests/call-operation.ts';
export { serviceCall, type Call } from './requests/call.ts';
export { connectionOptions } from './connection-options.ts';
export { systemClock, type Clock } from './process/clock.ts';
export type { Handle } from './streams/consume.ts';
export type { DeadLetters, Delivered } from './streams/dead-letters.ts';
export { every } from './process/every.ts';
export { Lifetime, within } from './process/lifetime.ts';
export { createLogger, type Logger } from './process/logger.ts';
export {
  commonConfig,
  configReader,
  databaseConfig,
  ownerConfig,
  readDataConfig,
  type DataConfig,
} from './process/read-config.ts';
export { namingVariable, noAnswer } from './process/no-answer.ts';
export {
  decimal,
  flag,
  httpUrl,
  logLevel,
  natsUrl,
  natsUrls,
  port,
  postgresUrl,
  webOrigins,
} from './process/variables.ts';
export { watchEventLoop, type EventLoop } from './process/event-loop.ts';
export { run, runTogether } from './process/run.ts';
export { type Common, type Hosted, type Start } from './process/hosted-service.ts';
export { runOnce } from './process/run-once.ts';
export { answer, type Answer } from './requests/serve.ts';
export { provision } from './streams/provision.ts';
export { reservedBytes } from './streams/streams.ts';
export { failSpan, SpanKind, startSpan, traceparentOfSpan } from './telemetry/spans.ts';
export { traceIdOf, traceparentOf } from './requests/trace.ts';

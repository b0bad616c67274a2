import { systemClock, type Clock } from './clock.ts';
import { createLogger, type Logger } from './logger.ts';
import { watchEventLoop } from './event-loop.ts';
import { Lifetime } from './lifetime.ts';
import { serveHealth } from './health.ts';
import { startTelemetry, type TelemetrySettings } from '../telemetry/start-telemetry.ts';
import { watchdog } from './watchdog.ts';

type Common = TelemetrySettings & {
  PLANTOPS_LOG_LEVEL: string;
  PLANTOPS_HEALTH_HOST: string;
  PLANTOPS_HEALTH_PORT?: number | undefined;
};
/**
 * Starts a service: opens its resources, registers in `lifetime` how they are closed, and returns whether it is ready.
 */
export type Start<C> = (config: C, lifetime: Lifetime, logger: Logger, now: Clock) => Promise<{ ready: () => boolean }>;

/**
 * Runs a service: reads its configuration, starts it, and stops it on SIGTERM, on SIGINT, or when its parent process
 * ends. An unhandled error or a blocked event loop ends the process; its supervisor starts it again.
 */
export async function run<C extends Common>(
  name: string,
  start: Start<C>,
  readConfig: (env: NodeJS.ProcessEnv) => C,
): Promise<void> {
  const logger = createLogger(name, process.env['PLANTOPS_LOG_LEVEL'] ?? 'info');
  const lifetime = new Lifetime(logger);
  lifetime.defer('watchdog', watchdog(name, logger));
  const stop = (why: string, exitCode: number) => {
    logger.info({ why }, 'stopping');
    void lifetime.close().finally(() => process.exit(exitCode));
  };
  process.once('SIGTERM', () => stop('SIGTERM', 0));
  process.once('SIGINT', () => stop('SIGINT', 0));
  process.once('disconnect', () => stop('the launcher ended', 0));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.once(fault, (error: unknown) => {
      logger.fatal({ err: error }, fault);
      stop(fault, 1);
    });
  }
  try {
    const config = readConfig(process.env);
    const telemetry = await startTelemetry(name, config);
    lifetime.defer('telemetry', telemetry.stop);
    const loop = watchEventLoop(logger);
    lifetime.defer('event loop', loop.stop);
    const { ready } = await start(config, lifetime, logger, systemClock);
    const { PLANTOPS_HEALTH_HOST: host, PLANTOPS_HEALTH_PORT: port } = config;
    if (port !== undefined) lifetime.defer('health', await serveHealth({ host, port }, ready, telemetry.scrape));
    logger.info('ready');
    process.send?.('ready');
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    stop('could not start', 1);
  }
}

import { watchEventLoop } from './event-loop.ts';
import { HostedService, loggerOf, type Common, type Hosted, type Start } from './hosted-service.ts';
import { Lifetime } from './lifetime.ts';
import { watchdog } from './watchdog.ts';

/** Runs a service in a process of its own: see `runTogether`. */
export const run = <C extends Common>(
  name: string,
  start: Start<C>,
  readConfig: (env: NodeJS.ProcessEnv) => C,
): Promise<void> => runTogether(name, [[{ name, start, readConfig, env: process.env }]]);

/**
 * Runs services in this process, which has the name `name` in its log: starts all of them, and stops them on SIGTERM, on
 * SIGINT, or when its parent process ends. They share the event loop and its watchdog. A service that cannot start, an
 * unhandled error or a blocked event loop ends the process; its supervisor starts it again.
 *
 * The last stage is stopped first. The services of a stage are stopped at once.
 */
export async function runTogether<C extends Common>(
  name: string,
  stages: readonly (readonly Hosted<C>[])[],
): Promise<void> {
  const logger = loggerOf(name, process.env);
  const lifetime = new Lifetime(logger);
  lifetime.defer('watchdog', watchdog(name, logger));
  const stop = (why: string, exitCode: number) => {
    logger.info({ why }, 'stopping');
    void lifetime
      .close()
      .then(() => logger.info('stopped'))
      .finally(() => process.exit(exitCode));
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

  const loop = watchEventLoop(logger);
  lifetime.defer('event loop', loop.stop);
  const services = stages.map((stage) => stage.map((hosted) => new HostedService(hosted)));
  for (const stage of services) lifetime.defer('services', () => Promise.all(stage.map((service) => service.stop())));
  try {
    await Promise.all(services.flat().map((service) => service.start(loop)));
    process.send?.('ready');
  } catch {
    // The service logged why.
    stop('could not start', 1);
  }
}

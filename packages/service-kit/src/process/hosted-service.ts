import { forService } from '../telemetry/of-service.ts';
import { startTelemetry, type TelemetrySettings } from '../telemetry/start-telemetry.ts';
import { systemClock, type Clock } from './clock.ts';
import { observeEventLoop, type EventLoop } from './event-loop.ts';
import { serveHealth } from './health.ts';
import { Lifetime } from './lifetime.ts';
import { createLogger, type Logger } from './logger.ts';
import { isLogLevel } from './variables.ts';

export type Common = TelemetrySettings & {
  PLANTOPS_LOG_LEVEL: string;
  PLANTOPS_HEALTH_HOST: string;
  PLANTOPS_HEALTH_PORT?: number | undefined;
};
/**
 * Starts a service: opens its resources, registers in `lifetime` how they are closed, and returns whether it is ready.
 */
export type Start<C> = (config: C, lifetime: Lifetime, logger: Logger, now: Clock) => Promise<{ ready: () => boolean }>;

/** A service, and the variables that it reads. */
export type Hosted<C extends Common = Common> = {
  readonly name: string;
  readonly start: Start<C>;
  readonly readConfig: (env: NodeJS.ProcessEnv) => C;
  readonly env: NodeJS.ProcessEnv;
};

/** The logger of a service or a process, at the level of its variables. A wrong level is reported with the others. */
export function loggerOf(name: string, env: NodeJS.ProcessEnv): Logger {
  const level = env['PLANTOPS_LOG_LEVEL'] ?? '';
  return createLogger(name, isLogLevel(level) ? level : 'info');
}

/** A service of this process, with its own configuration, log, telemetry, probes and resources. */
export class HostedService<C extends Common> {
  readonly #hosted: Hosted<C>;
  readonly #logger: Logger;
  readonly #lifetime: Lifetime;

  constructor(hosted: Hosted<C>) {
    this.#hosted = hosted;
    this.#logger = loggerOf(hosted.name, hosted.env);
    this.#lifetime = new Lifetime(this.#logger);
  }

  /** Starts it. Resolves when it serves. It reports the delay of the event loop among its metrics. */
  async start(loop: EventLoop): Promise<void> {
    try {
      await forService(this.#hosted.name, () => this.#start(loop));
    } catch (error) {
      this.#logger.fatal({ err: error }, 'could not start');
      throw error;
    }
  }

  async #start(loop: EventLoop): Promise<void> {
    const { name, start, readConfig, env } = this.#hosted;
    const config = readConfig(env);
    const telemetry = await startTelemetry(name, config);
    this.#lifetime.defer('telemetry', telemetry.stop);
    observeEventLoop(loop);
    const { ready } = await start(config, this.#lifetime, this.#logger, systemClock);
    const { PLANTOPS_HEALTH_HOST: host, PLANTOPS_HEALTH_PORT: port } = config;
    if (port !== undefined) this.#lifetime.defer('health', await serveHealth({ host, port }, ready, telemetry.scrape));
    this.#logger.info('ready');
  }

  /** Closes what it opened. */
  stop(): Promise<void> {
    return this.#lifetime.close();
  }
}

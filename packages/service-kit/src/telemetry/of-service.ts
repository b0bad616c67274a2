/**
 * Which service of this process the running code belongs to. OpenTelemetry has one provider for a process. Through this
 * one, each service of a process has its own, so that its metrics and spans have its name.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<string>();

/** Does the work, and all that it starts, for this service. */
export const forService = <T>(service: string, work: () => T): T => running.run(service, work);

/** The providers of the services of this process. */
export class OfService<T> {
  readonly #known = new Map<string, T>();
  #first: T | undefined;

  set(service: string, provider: T): void {
    this.#first ??= provider;
    this.#known.set(service, provider);
  }

  /** That of the service whose code runs. Code of the process itself, such as the event loop's, gets the first one. */
  get(): T {
    const provider = this.#known.get(running.getStore() ?? '') ?? this.#first;
    if (provider === undefined) throw new Error('no service of this process has telemetry');
    return provider;
  }
}

import { NatsError } from 'nats';

/** Returns JetStream's answer, or undefined when the stream or consumer does not exist. */
export async function found<T>(info: Promise<T>): Promise<T | undefined> {
  try {
    return await info;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.code === 404) return undefined;
    throw error;
  }
}

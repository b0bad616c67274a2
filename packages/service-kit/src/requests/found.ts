import { NatsError } from 'nats';

/** What is asked of JetStream, or undefined where it does not exist. */
export const found = async <T>(info: Promise<T>): Promise<T | undefined> => {
  try {
    return await info;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.code === 404) return undefined;
    throw error;
  }
};

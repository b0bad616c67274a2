/** The present instant, RFC 3339 in UTC. Handed to use cases so that rules never look at a clock. */
export type Clock = () => string;
export const systemClock: Clock = () => new Date().toISOString();

/** Returns the present instant, RFC 3339 in UTC. Use cases get it as a parameter, so that rules never read a clock. */
export type Clock = () => string;
export const systemClock: Clock = () => new Date().toISOString();

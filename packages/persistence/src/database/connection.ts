/**
 * A server that is gone without a word (a host that lost its power, a network that was cut) is noticed by both sides within half a minute. Until
 * then its session keeps its locks, the relay's among them; and whoever waits for an answer has what it took in hand.
 */
export const HALF_OPEN = {
  keepAlive: true,
  /** Beyond `statement_timeout`: a server that is there has answered by then. */
  query_timeout: 15_000,
};
/** What the server is asked to do about it, and its time zone; for `options` of a connection. */
export const SESSION_OPTIONS = '-c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * Both sides notice within half a minute that the other is gone without a message: a host lost its power, a network was
 * cut. Until then the server keeps the session's locks, the relay's lock too, and the client waits for its answer.
 */
export const HALF_OPEN = {
  keepAlive: true,
  /** Longer than `statement_timeout`: a server that is there has answered by then. */
  query_timeout: 15_000,
};
/** The same on the server's side, and its time zone; for `options` of a connection. */
export const SESSION_OPTIONS =
  '-c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

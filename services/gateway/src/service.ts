import { createServer } from 'node:http';
import { startDataService, type Base, type DataService } from '@plantops/backbone';
import { watchEventLoop, type Start } from '@plantops/service-kit';
import { apiKeys } from './api-keys/api-key-proof.ts';
import { createApiKey } from './api-keys/create-api-key.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import type { Config } from './config.ts';
import { tables } from './database.ts';
import { createApp } from './rest/app.ts';
import { authentication } from './identity/authenticate.ts';
import { bearerTokens } from './identity/jwt.ts';
import { KnownTenants } from './identity/known-tenants.ts';
import { Connections } from './admission/connections.ts';
import { listen } from './admission/listen.ts';
import { rateLimits } from './admission/limit-rate.ts';
import { limitUnanswered } from './admission/unanswered.ts';
import { placesOfTenants, shedLoad } from './admission/shed-load.ts';
import { LiveStreams } from './live/live-stream.ts';
import { StreamTickets } from './tickets/stream-tickets.ts';

/** The operations of this service. It passes all others on. */
const service: DataService<Base> = {
  tables,
  deps: ({ bus: _bus, ...base }) => base,
  operations: [createApiKey, listApiKeys, revokeApiKey],
};

const MOST_SILENT_MS = 30_000;

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const { deps, bus } = await startDataService('gateway', service, config, { lifetime, logger, now });

  const tokens = bearerTokens({
    secret: config.PLANTOPS_JWT_SECRET,
    jwksUrl: config.PLANTOPS_JWKS_URL,
    issuer: config.PLANTOPS_JWT_ISSUER,
    audience: config.PLANTOPS_JWT_AUDIENCE,
    mostHours: {
      provider: config.PLANTOPS_MAX_TOKEN_HOURS,
      secret: config.PLANTOPS_MAX_SECRET_TOKEN_HOURS,
    },
  });
  const tenants = new KnownTenants(() => bus.tenants(), logger);
  const limitRate = rateLimits(config.PLANTOPS_RATE_LIMIT === 'on');
  // The process reports a blocked event loop itself.
  const loop = watchEventLoop(logger, { warnMs: Infinity });
  lifetime.defer('event loop', loop.stop);
  const mounting = {
    bus,
    authenticate: authentication([tokens, apiKeys(deps, limitRate)], (tenant) => tenants.require(tenant)),
    limitRate,
    takePlace: placesOfTenants(loop.medianMs),
  };
  // Without its database only API keys are refused; tokens and all other services still work.
  const ready = () => bus.connected;
  const tickets = new StreamTickets(config.PLANTOPS_JWT_SECRET);
  const live = new LiveStreams(mounting, tickets, logger);
  const app = createApp({
    mounting,
    live,
    tickets,
    shedLoad: shedLoad(loop.medianMs),
    origins: config.PLANTOPS_CORS_ORIGINS,
    trusted: config.PLANTOPS_TRUSTED_PROXIES,
    ready,
    logger,
  });
  const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const connections = new Connections((address) => trusts(address, 0));
  const server = createServer(
    // Clients send their headers at once. A connection that does not must not hold its place for long.
    { requestTimeout: 30_000, headersTimeout: 5_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 1_000 },
    limitUnanswered(app, connections),
  );
  // A client that does not read its response is disconnected; live streams send pings more often.
  server.timeout = MOST_SILENT_MS;
  const close = await listen(server, { port: config.PLANTOPS_PORT, host: config.PLANTOPS_HOST }, connections);
  lifetime.defer('http', () => {
    live.close();
    return close();
  });
  return { ready };
};

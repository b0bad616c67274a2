import { createServer } from 'node:http';
import { Bus, type Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { jwtAuthentication } from './http/authenticate.ts';
import { rateLimits } from './http/limit-rate.ts';

export const start: Start<Config> = async (config, lifetime, logger) => {
  const bus = await Bus.connect('gateway', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const authenticate = jwtAuthentication({
    secret: config.PLANTOPS_JWT_SECRET,
    issuer: config.PLANTOPS_JWT_ISSUER,
    audience: config.PLANTOPS_JWT_AUDIENCE,
  });
  const ready = () => bus.connected;
  const app = createApp({ bus, authenticate, limitRate: rateLimits(config.PLANTOPS_RATE_LIMIT === 'on') }, ready, logger);
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 20_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 },
    app,
  );
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.PLANTOPS_PORT, config.PLANTOPS_HOST, resolve));
  lifetime.defer('http', () => {
    server.closeIdleConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { ready };
};

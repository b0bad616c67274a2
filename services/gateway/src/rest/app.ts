import { Problem } from '@plantops/contracts';
import type { Logger } from '@plantops/service-kit';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { routes } from '../routes.ts';
import { documents } from '../documents/router.ts';
import { identifyCallers } from '../identity/identify.ts';
import type { LiveStreams } from '../live/live-stream.ts';
import { issueTicket } from '../tickets/admit.ts';
import type { StreamTickets } from '../tickets/stream-tickets.ts';
import { answerPreflight, cors } from './cors.ts';
import { BASE, mountRoutes, refuseOthers, type Mounting } from './mount.ts';
import { observe } from './observe.ts';
import { problemHandler } from './problem-response.ts';

type Parts = {
  readonly mounting: Mounting;
  readonly live: LiveStreams;
  readonly tickets: StreamTickets;
  readonly shedLoad: RequestHandler;
  /** See `PLANTOPS_CORS_ORIGINS`. */
  readonly origins?: readonly string[] | undefined;
  /** See `PLANTOPS_TRUSTED_PROXIES`. */
  readonly trusted?: number | string[] | undefined;
  readonly ready: () => boolean;
  readonly logger: Logger;
};

/** The HTTP side of the gateway. The handlers stand in the order in which a request passes them. */
export const createApp = ({
  mounting,
  live,
  tickets,
  shedLoad,
  origins,
  trusted = 0,
  ready,
  logger,
}: Parts): Express => {
  const app = express();
  app.disable('x-powered-by');
  // ETags are the versions of rows. Hashing every body would cost more than sending it.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', trusted);
  // Another spelling of a path is another path, which is not there.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(observe());
  app.use(helmet());
  // Refusals have the headers too: a page could not read them otherwise.
  if (origins !== undefined) app.use(cors(origins));
  // In front of everything that answers, also with 404 or 405.
  app.use(identifyCallers(mounting));
  if (origins !== undefined) app.use(answerPreflight);
  app.get('/healthz', (_request, response) => void response.type('text').send('ok'));
  app.get(
    '/readyz',
    (_request, response) =>
      void response
        .status(ready() ? 200 : 503)
        .type('text')
        .send(ready() ? 'ok' : 'not ready'),
  );

  app.use(documents());
  // A live stream has no deadline, and has its own limits.
  app.head(`${BASE}/stream`, refuseOthers(['get']));
  app.get(`${BASE}/stream`, live.handle);
  app.all(`${BASE}/stream`, refuseOthers(['get']));
  app.use(shedLoad);
  app.post(`${BASE}/stream/ticket`, issueTicket(tickets));
  app.all(`${BASE}/stream/ticket`, refuseOthers(['post']));
  mountRoutes(app, routes, mounting);
  app.use((request) => {
    throw new Problem('not_found', `there is nothing at ${request.path.slice(0, 200)}`);
  });
  app.use(problemHandler(logger));
  return app;
};

/**
 * Serves the documents, and a page to read and try the API. All its files come from here, so it works without the
 * internet.
 */
import express, { type RequestHandler, type Response, type Router } from 'express';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { SHARES, type Share } from '../admission/limits.ts';
import { networkOf } from '../admission/network.ts';
import { Places } from '../admission/places.ts';
import { asyncApiDocument } from './asyncapi.ts';
import type { JsonObject } from './json.ts';
import { openApiDocument } from './openapi.ts';

/** A document changes with a release alone; after one, a page asks again soon. */
const DOCUMENT_SECONDS = 300;
const ASSET_SECONDS = 86_400;
const cached = (response: Response, seconds: number): Response =>
  response.setHeader('Cache-Control', `public, max-age=${seconds}`);

/** Generated at the first request; then its text is kept. */
const json = (generate: () => JsonObject): RequestHandler => {
  let bytes: Buffer | undefined;
  return (_request, response) => {
    bytes ??= Buffer.from(JSON.stringify(generate()));
    cached(response, DOCUMENT_SECONDS).type('application/json').end(bytes);
  };
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>PlantOps API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** The page runs its two scripts and calls this server only. The package writes some styles and images inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ASSETS = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);
/** The folder of the package. Importing the package would run browser code in this process. */
const require = createRequire(import.meta.url);
const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));
const asset = express.static(SWAGGER_UI, { index: false, etag: false, maxAge: ASSET_SECONDS * 1000 });

/**
 * Anyone may read them, without a token: a limited number at once, and each for a limited time, so that other requests
 * are not delayed.
 */
const READ_WITHIN_MS = 60_000;
const readers = (share: Share): RequestHandler => {
  const places = new Places(share, 'documents', 'this address');
  return (request, response, next) => {
    const leave = places.take(networkOf(request.ip ?? ''));
    const giveUp = setTimeout(() => response.destroy(), READ_WITHIN_MS);
    response.once('close', () => {
      leave();
      clearTimeout(giveUp);
    });
    next();
  };
};

export function documents(share: Share = SHARES.documents): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use(['/openapi.json', '/asyncapi.json', '/docs'], readers(share));
  router.get('/openapi.json', json(openApiDocument));
  router.get('/asyncapi.json', json(asyncApiDocument));
  router.get('/docs', (_request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    cached(response, DOCUMENT_SECONDS).type('html').send(PAGE);
  });
  router.get(
    '/docs/start.js',
    (_request, response) => void cached(response, DOCUMENT_SECONDS).type('text/javascript').send(START),
  );
  router.use('/docs', (request, response, next) =>
    ASSETS.has(request.path.slice(1)) ? asset(request, response, next) : next(),
  );
  return router;
}

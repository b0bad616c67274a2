/** A typed client of the REST API: paths, fields and answers are checked by the compiler. */
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.ts';

export type * from './api.ts';
/** The rows of the API by their names, as `Schemas['Downtime']`. */
export type Schemas = components['schemas'];
/** Lists also come as CSV, which no type describes: ask for that with `fetch`. */
type Read = 'application/json' | 'application/problem+json';
export type PlantOps = Client<paths, Read>;

/** A person's token, or a program's key. */
type Credentials = { readonly token: string } | { readonly apiKey: string };
type Options = Credentials & {
  /** Where the gateway is, as http://127.0.0.1:8080. */
  readonly baseUrl: string;
  /** Instead of the built-in fetch. */
  readonly fetch?: (request: Request) => Promise<Response>;
};

export const createPlantOps = ({ baseUrl, fetch, ...credentials }: Options): PlantOps =>
  createClient<paths, Read>({
    baseUrl,
    ...(fetch === undefined ? {} : { fetch }),
    headers:
      'token' in credentials ? { authorization: `Bearer ${credentials.token}` } : { 'x-api-key': credentials.apiKey },
  });

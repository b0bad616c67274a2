/** Writes `api.ts`, the API's types, from the document that the gateway generates. */
import { openApiDocument } from '@plantops/gateway/openapi';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, type FormatConfig } from 'oxfmt';

const HERE = import.meta.dirname;
const FORMAT = join(HERE, '../../../.oxfmtrc.json');
export const API_FILE = join(HERE, 'api.ts');
const HEADER = '/** Generated from the OpenAPI document by the script `generate`: change the contracts instead. */\n\n';

/** Types need no examples. */
const withoutExamples = (document: object): OpenAPI3 =>
  JSON.parse(
    JSON.stringify(document, (name, value: unknown) => (name === 'example' || name === 'examples' ? undefined : value)),
  ) as OpenAPI3;

export const generateApi = async (): Promise<string> => {
  // What has a default may be left out of a request.
  const types = await openapiTypescript(withoutExamples(openApiDocument()), {
    alphabetize: true,
    defaultNonNullable: false,
  });
  const options = JSON.parse(await readFile(FORMAT, 'utf8')) as FormatConfig;
  return (await format('api.ts', HEADER + astToString(types), options)).code;
};

if (argv[1] === import.meta.filename) await writeFile(API_FILE, await generateApi());

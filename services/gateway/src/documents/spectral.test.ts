/** The documents pass the rules of Spectral, which most API tools run. */
import { expect, test } from '@jest/globals';
import spectralCore from '@stoplight/spectral-core';
import { Json } from '@stoplight/spectral-parsers';
import { asyncapi, oas } from '@stoplight/spectral-rulesets';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

const { Document, Ruleset, Spectral } = spectralCore;
const WARNING = 1;
/** The rule wants a URL and an e-mail address, which PlantOps does not have. */
const NO_ADDRESS = 'asyncapi-info-contact-properties';

/** The errors and warnings that the rules find. */
async function findings(document: object, rules: typeof oas | typeof asyncapi): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset(new Ruleset({ extends: [[rules, 'recommended']] }));
  const found = await spectral.run(new Document(JSON.stringify(document), Json));
  return found
    .filter(({ severity, code }) => severity <= WARNING && code !== NO_ADDRESS)
    .map(({ code, message, path }) => `${code}: ${message} at ${path.join('.')}`);
}

test('openapi.json passes spectral:oas without errors or warnings', async () => {
  expect(await findings(openApiDocument(), oas)).toEqual([]);
});

test('asyncapi.json passes spectral:asyncapi without errors or warnings', async () => {
  expect(await findings(asyncApiDocument(), asyncapi)).toEqual([]);
});

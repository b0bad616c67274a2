/** The resources of the API, by the first part of their path. Documents group the endpoints by them. */
const resources: Readonly<Record<string, string>> = {
  overview: 'The dashboard: what happens now, in one answer.',
  settings: 'What the tenant decides for all its plants.',
  plants: 'Plants and their shift calendars.',
  lines: 'Lines: what they cost, how fast they are, what they did with their time.',
  oee: 'Overall equipment effectiveness (ISO 22400-2), rolled up.',
  products: 'Products: what a unit costs, and how fast it is made where.',
  batches: 'Batches and the units counted in them.',
  scrap: 'Units that were scrapped, reworked or downgraded.',
  trials: 'Tests of changed settings on a line: planned, run and judged.',
  downtimes: 'The stops of the lines.',
  'downtime-reasons': "The tenant's own reasons for stops.",
  'money-leaks': 'The ledger of losses, in US dollars.',
  sensors: 'Sensors, their limits and readings.',
  connections: "Connections to a plant's own brokers (MQTT).",
  mappings: 'How messages of a broker become line events.',
  ingest: 'Line events that wait, or could not be applied.',
  'dead-letters': 'Messages that a service failed on too often.',
  'api-keys': 'Keys for programs that cannot get a token.',
  history: 'Who changed what, and when.',
  stream: 'Everything that happens, as it happens.',
  service: 'The gateway itself: documents and health.',
};

export const tags = Object.entries(resources).map(([name, description]) => ({ name, description }));

/** The tag of an endpoint, by its path under the base. */
export function tagOf(path: string): string {
  const resource = path.split('/')[1] ?? '';
  if (!Object.hasOwn(resources, resource))
    throw new Error(`${path} is of no resource that is described: add it to resources.ts`);
  return resource;
}

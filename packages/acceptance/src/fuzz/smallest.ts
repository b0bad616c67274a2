/** Faults as a person wants them: of each kind the smallest request that shows it, to be sent again by hand. */
import type { Fault } from './fuzzer.ts';

const MOST_SHOWN = 1_500;
const sizeOf = ({ request: { path, body = '', headers } }: Fault): number => path.length + body.length + Object.keys(headers).length;

/** What broke is looked at endpoint by endpoint; what is worded wrongly is the same everywhere. */
const kindOf = ({ endpoint, fault }: Fault): string => {
  const kind = fault.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').slice(0, 200);
  return kind.startsWith('invalid') ? kind : `${endpoint}: ${kind}`;
};

export const smallest = (faults: readonly Fault[], seed: number): string[] =>
  [...Map.groupBy(faults, kindOf)].map(([kind, all]) => {
    const { request, answered } = all.reduce((least, one) => (sizeOf(one) < sizeOf(least) ? one : least));
    const endpoints = new Set(all.map(({ endpoint }) => endpoint)).size;
    return [
      `FAULT ${kind} (${all.length} times at ${endpoints} endpoints, seed ${seed})`,
      `${request.method} ${request.path}`,
      ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
      ...(request.body === undefined ? [] : [request.body.slice(0, MOST_SHOWN)]),
      `-> ${answered.status} ${answered.text.slice(0, MOST_SHOWN)}`,
    ].join('\n  ');
  });

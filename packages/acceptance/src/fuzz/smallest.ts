/** The smallest request for each kind of fault, so that a person can send it again. */
import type { Fault } from './fuzzer.ts';

const MOST_SHOWN = 1_500;
const sizeOf = ({ request: { path, body = '', headers } }: Fault): number =>
  path.length + body.length + Object.keys(headers).length;

/** Internal errors are grouped by endpoint; faults in the form of answers are the same at all endpoints. */
function kindOf({ endpoint, fault }: Fault): string {
  const kind = fault.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').slice(0, 200);
  return kind.startsWith('invalid') ? kind : `${endpoint}: ${kind}`;
}

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

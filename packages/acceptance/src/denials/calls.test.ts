/** The topology names exactly the operations that the services call: their NATS users may call no others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { FOR_PEOPLE, mayCall, serviceNames, topology, type Operation, type ServiceName } from '@plantops/contracts';
import { allOperations } from '@plantops/contracts/declared';
import { ROOT } from '@plantops/plant';
import { operationsForbiddenTo } from './forbidden-subjects.ts';

const exported: Readonly<Record<string, unknown>> = contracts;
const isOperation = (declared: unknown): declared is Operation => allOperations.includes(declared as Operation);

/** The names that a service imports from the contracts, in the code that runs. */
function importsOf(service: ServiceName): string[] {
  const folder = join(ROOT, 'services', service, 'src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(\.test|-fixture)\.ts$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return sources.flatMap((source) => [
    ...[...source.matchAll(/import \{([^}]*)\} from '@plantops\/contracts'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim().split(' as ')[0] ?? ''),
    ),
    ...[...source.matchAll(/\bcontracts\.(\w+)/g)].map(([, name = '']) => name),
  ]);
}

const subjectsOf = (operations: readonly Operation[]): string[] =>
  [...new Set(operations.map(({ subject }) => subject))].sort();

test.each(serviceNames.filter((name) => name !== 'gateway'))(
  '%s is allowed to call exactly the operations of other services that its code uses',
  (service) => {
    const used = importsOf(service)
      .map((name) => exported[name])
      .filter(isOperation)
      .filter((operation) => operation.service !== service);
    const named = Object.entries(topology[service].calls).flatMap(([owner, names]) =>
      names === FOR_PEOPLE ? [FOR_PEOPLE] : names.map((name) => `plantops.${owner}.${name}`),
    );
    expect(named.sort()).toEqual(subjectsOf(used));
  },
);

test('only the gateway acts for people: every other service only reads, and what it reads exists', () => {
  for (const service of serviceNames) {
    const calls = Object.values(topology[service].calls);
    expect(calls.every((names) => (names === FOR_PEOPLE) === (service === 'gateway'))).toBe(true);
    const called = allOperations.filter((operation) => mayCall(service, operation));
    expect(called.some(({ writes }) => writes)).toBe(service === 'gateway');
  }
});

test.each([...serviceNames])('%s may call every operation that is not forbidden to it, and no other', (service) => {
  const allowed = subjectsOf(allOperations.filter((operation) => mayCall(service, operation)));
  const forbidden = new Set(operationsForbiddenTo(service));
  expect(allowed).toEqual(subjectsOf(allOperations.filter(({ subject }) => !forbidden.has(subject))));
});

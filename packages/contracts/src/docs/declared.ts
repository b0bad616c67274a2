/** All operations, found by looking through the exports: documents and tests that go through them leave none out. */
import { z } from 'zod';
import type { Operation } from '../contract.ts';
import * as contracts from '../index.ts';

const isOperation = (declared: object): declared is Operation =>
  'subject' in declared && 'input' in declared && 'output' in declared;

/** Operations are exported one by one, or in maps by service. */
const operationsIn = (declared: unknown): Operation[] => {
  if (typeof declared !== 'object' || declared === null || declared instanceof z.ZodType) return [];
  if (isOperation(declared)) return [declared];
  const within: Iterable<unknown> =
    declared instanceof Map ? declared.values() : Object.values(declared as Record<string, unknown>);
  return [...within].flatMap(operationsIn);
};

export const allOperations: readonly Operation[] = [
  ...new Set(Object.values<unknown>(contracts).flatMap(operationsIn)),
];

/** The name of an operation in documents: `plantops.money-leaks.by-reason` is moneyLeaksByReason. */
export function operationId({ service, name }: Pick<Operation, 'service' | 'name'>): string {
  return `${service}-${name}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

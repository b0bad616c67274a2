/** Everything that is declared, found rather than listed: documents and their tests go through it, so that nothing can be forgotten. */
import { z } from 'zod';
import type { Operation } from '../contract.ts';
import * as contracts from '../index.ts';

const isOperation = (declared: object): declared is Operation => 'subject' in declared && 'input' in declared && 'output' in declared;

/** Operations stand by themselves, or in tables by service. */
const operationsIn = (declared: unknown): Operation[] => {
  if (typeof declared !== 'object' || declared === null || declared instanceof z.ZodType) return [];
  if (isOperation(declared)) return [declared];
  const within: Iterable<unknown> = declared instanceof Map ? declared.values() : Object.values(declared as Record<string, unknown>);
  return [...within].flatMap(operationsIn);
};

export const allOperations: readonly Operation[] = [...new Set(Object.values<unknown>(contracts).flatMap(operationsIn))];

/** What an operation is called in documents: `plantops.money-leaks.by-reason` is moneyLeaksByReason. */
export const operationId = ({ service, name }: Pick<Operation, 'service' | 'name'>): string =>
  `${service}-${name}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

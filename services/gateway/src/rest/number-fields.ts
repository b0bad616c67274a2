/** What the input of an operation says of the numbers in it. */
import { z } from 'zod';

/** The schema of a field of an object, or of an element of an array; undefined: there is none, or it is free JSON. */
export function fieldIn(schema: z.ZodType, name: string): z.ZodType | undefined {
  const inner = valueOf(schema);
  if (inner instanceof z.ZodObject) return inner.shape[name] as z.ZodType | undefined;
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  return undefined;
}

/** rounded: to decimals; binary: a number of 64 bits, as it is; free: JSON of the client's own. */
export function kindOfNumber(schema: z.ZodType): 'rounded' | 'binary' | 'free' {
  const inner = valueOf(schema);
  const options = inner instanceof z.ZodUnion ? inner.options.map((option) => valueOf(option as z.ZodType)) : [inner];
  const number = options.find((option) => option instanceof z.ZodNumber);
  if (number === undefined) return 'free';
  const changes = number.def.checks?.some((check) => check instanceof z.core.$ZodCheckOverwrite) ?? false;
  return changes ? 'rounded' : 'binary';
}

/** The schema of the value, when there is one. */
function valueOf(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? valueOf(schema.unwrap() as z.ZodType)
    : schema;
}

import { ingestKinds, Problem, type MappingRow } from '@plantops/contracts';
import type { z } from 'zod';

export type MappingFields = Pick<MappingRow, 'topic' | 'format' | 'metric' | 'kind' | 'line' | 'fields'>;

/** The fields of a kind of line event, by name. */
export function shapeOf(kind: MappingRow['kind']): Readonly<Record<string, z.ZodType>> {
  return ingestKinds[kind].body.shape;
}
/** The field of a kind that says when it happened. */
export function timeFieldOf(kind: MappingRow['kind']): 'at' | 'end_time' {
  return 'at' in shapeOf(kind) ? 'at' : 'end_time';
}

/** Fields that every event has, or that the mapping itself sets. */
const GIVEN = new Set(['id', 'at', 'end_time', 'backfill']);

/** Throws the problem of a mapping whose events could never be applied. */
export function checkMapping({ format, metric, kind, fields }: MappingFields): void {
  if ((format === 'sparkplug') !== (metric !== null))
    throw Problem.field(
      'metric',
      format === 'sparkplug' ? 'is required: the name of the metric' : 'is for Sparkplug B alone: leave it out',
    );
  const shape = shapeOf(kind);
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(shape, name) || name === 'backfill');
  if (unknown !== undefined)
    throw Problem.field(
      `fields.${unknown}`,
      `is no field of ${kind}: use ${Object.keys(shape)
        .filter((name) => name !== 'backfill')
        .join(', ')}`,
    );
  const missing = Object.entries(shape).find(
    ([name, schema]) => !GIVEN.has(name) && !Object.hasOwn(fields, name) && !schema.safeParse(undefined).success,
  )?.[0];
  if (missing !== undefined) throw Problem.field(`fields.${missing}`, `is required by ${kind}`);
}

import { lineUpdated, type LinePrice, type LineRow, type updateLine as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changedFrom, inForce } from '../versions.rules.ts';
import { Line } from './line.entity.ts';

type Input = z.infer<typeof contract.input>;
const VERSIONED = ['hourly_cost', 'ideal_cycle_seconds', 'micro_stop_seconds'] as const;

export const updateLine =
  ({ database, now }: Deps) =>
  ({ id, ...input }: Input, call: Call): Promise<LineRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const line = await lockRow<LineRow>(tx, Line, id, call.expectedVersion);
      const changed = await updateRow(tx, Line, line, changesOf(line, input, at), call, at);
      await announce(tx, [announcement(lineUpdated, changed, id)], call, at);
      return changed;
    });

/** Versioned values hold from valid_from on; the row's own columns show those in force now. */
const changesOf = (line: LineRow, { valid_from, ...fields }: Omit<Input, 'id'>, now: string): Partial<LineRow> => {
  const versioned = Object.fromEntries(
    VERSIONED.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as Partial<LinePrice>;
  if (Object.keys(versioned).length === 0) return fields;
  const versions = changedFrom(line.versions, versioned, valid_from ?? now);
  const { valid_from: _since, ...present } = inForce(versions, now);
  return { ...fields, ...present, versions };
};

/**
 * The cursor of a list: where a page ended. Clients do not read it. It is the same for every service, so that lists can
 * be merged.
 */
import { z } from 'zod';
import { Problem } from './problems.ts';
import { instant } from './values.ts';

type Position = { readonly value: string; readonly id: string };

export function writeCursor(sort: string, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** The position that a cursor of this sort names: an instant and an id. Throws `invalid` if it is not such a cursor. */
export function readCursor(cursor: string, sort: string): Position {
  try {
    const [forSort, value, rowId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      unknown,
      unknown,
      unknown,
    ];
    const position = { value: instant.parse(value), id: z.uuid().parse(rowId) };
    if (forSort === sort) return position;
  } catch {
    // Not a cursor that writeCursor made.
  }
  throw Problem.field('cursor', 'is not a next_cursor of this list with this sort: start again without it');
}

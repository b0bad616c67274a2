import type { LineEvent, LineRow } from '@plantops/contracts';

/** A line event whose line is known. */
export type Located<K extends LineEvent['kind']> = { readonly event: LineEvent<K>; readonly line: LineRow };

import type { LineEvent, LineRow } from '@plantops/contracts';

/** A line event whose line and product are known. */
export type Located<K extends LineEvent['kind']> = {
  readonly event: LineEvent<K>;
  readonly line: Pick<LineRow, 'id' | 'code'>;
  readonly productId: string | null;
};

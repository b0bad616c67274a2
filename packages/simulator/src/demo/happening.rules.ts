/** A line event, before it has an id. */
import type { IngestBody, IngestKind } from '@plantops/contracts';

type Kind = Extract<IngestKind, 'state' | 'count' | 'scrap' | 'batch.started' | 'batch.completed'>;
export type Happening = {
  readonly [K in Kind]: { readonly kind: K; readonly body: Omit<IngestBody<K>, 'id' | 'source' | 'seq'> };
}[Kind];

export const instantOf = (at: number): string => new Date(at).toISOString();

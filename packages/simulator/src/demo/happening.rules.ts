/** What happens on a line, before it is given the id under which it is published. */
import type { IngestBody, IngestKind } from '@plantops/contracts';

type Told = Extract<IngestKind, 'state' | 'count' | 'scrap' | 'batch.started' | 'batch.completed'>;
export type Happening = { readonly [K in Told]: { readonly kind: K; readonly body: Omit<IngestBody<K>, 'id' | 'source' | 'seq'> } }[Told];

export const instantOf = (at: number): string => new Date(at).toISOString();

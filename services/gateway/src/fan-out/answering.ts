import type { Call } from '@plantops/service-kit';

/** Calls one operation. Returns its JSON text and, if it is a row, its version. */
export type Answering = (
  input: Record<string, unknown>,
  call: Call,
) => Promise<{ body: string; version?: string | undefined }>;

import type { Call } from '@plantops/service-kit';

/** Answers one operation: its JSON text and, if it is a row, its version. */
export type Answering = (input: Record<string, unknown>, call: Call) => Promise<{ body: string; version?: string | undefined }>;

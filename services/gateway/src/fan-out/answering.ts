import type { Call, RawAnswer } from '@plantops/service-kit';

/** Calls one operation. Returns its answer as it was received. */
export type Answering = (input: Record<string, unknown>, call: Call) => Promise<RawAnswer>;

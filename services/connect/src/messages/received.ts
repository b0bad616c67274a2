import type { Mapping } from '../mappings/map-message.rules.ts';

/** A message as it came from the broker. */
export type Received = {
  readonly topic: string;
  readonly payload: Buffer;
  /** The number under which it is acknowledged; null: nobody waits for that (QoS 0). */
  readonly packetId: number | null;
  /** The broker may have delivered it before. */
  readonly isDuplicate: boolean;
  readonly isRetained: boolean;
  readonly at: string;
};
/** A connection with what its messages are mapped by. */
export type Mapped = {
  readonly id: string;
  readonly tenant: string;
  readonly code: string;
  readonly mappings: readonly Mapping[];
};

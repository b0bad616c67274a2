import type { LineEvent } from '@plantops/contracts';
import { sql } from '../database/sql.ts';
import { rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import type { LineEventHandler } from './verdict.ts';
import { waitedTooLong, type WaitingRoom } from './waiting-room.ts';

type WaitingEvent = { readonly event: LineEvent; readonly waits_for: string };

export function waitingLineEvents(handler: LineEventHandler): WaitingRoom<WaitingEvent> {
  return {
    table: 'waiting_line_event',
    columns: sql`event, waits_for`,
    most: handler.mostWaiting,
    expiredAtOnce: 500,
    reject: (tx, expired, now) =>
      unclaimAndReject(
        tx,
        handler,
        expired.map(({ event, waits_for }) => rejectionOf(event, waitedTooLong(waits_for))),
        now,
      ),
  };
}

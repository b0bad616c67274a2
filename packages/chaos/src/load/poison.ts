/** Messages that can never be applied. Each must be listed once and must delay nothing. */
import type { Random } from '@plantops/fixtures';
import { belonging } from './operation.ts';
import type { LineEvent } from './edge-tape.ts';

export const POISON_ID = /poison-\d{6}/;
/** More than the largest message of a tenant's stream: the broker refuses it, so it is never acknowledged. */
const TOO_LARGE = 70_000;

export type Poison = LineEvent & { readonly isTooLarge: boolean };

export function poisonOf(tenant: string, other: string, line: string, count: number, random: Random): Poison {
  const id = `poison-${String(count).padStart(6, '0')}`;
  const note = `${id} ${belonging(tenant)}`;
  const at = new Date(Date.now() - 60_000).toISOString();
  const message = (kind: string, payload: string, isTooLarge = false): Poison => ({
    tenant,
    line,
    kind,
    id,
    payload,
    isTooLarge,
  });
  switch (random.whole(0, 5)) {
    case 0:
      return message(random.one(['count', 'state', 'scrap']), `{"id":"${id}","at":"${at}",`);
    case 1:
      return message('count', JSON.stringify({ id, at, good: -5 }));
    case 2:
      return message('downtime.ended', JSON.stringify({ id, end_time: at, description: note }));
    case 3:
      return message('scrap', JSON.stringify({ id, at, quantity: 1, note, tenant_id: other }));
    case 4:
      return message('count.v9', JSON.stringify({ id, at, good: 1 }));
    default:
      return message('scrap', JSON.stringify({ id, at, quantity: 1, note: note.padEnd(TOO_LARGE, '.') }), true);
  }
}

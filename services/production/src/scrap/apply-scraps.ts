import { scrapLogged } from '@plantops/contracts';
import type { Tx, Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { applyUnits } from '../units/apply-units.ts';
import { scrapIn } from '../units/units.rules.ts';
import { ScrapEvent } from './scrap-event.table.ts';

/** Scrap that lines reported. */
export const applyScraps = (tx: Tx, located: readonly Located<'scrap'>[], now: string): Promise<Verdict[]> =>
  applyUnits(tx, located, now, {
    table: ScrapEvent,
    event: scrapLogged,
    unitNeedsProduct: false,
    rowOf: (body, links, product) => ({
      ...links,
      at: body.at,
      ...scrapIn(product, { quantity: body.quantity, unit: body.unit, unit_cost: body.unit_cost ?? null }),
      reason_code: body.reason_code ?? null,
      reason_category: body.reason_category ?? null,
      disposition: body.disposition ?? 'scrap',
      phase: body.phase ?? 'production',
      reported_by: body.reported_by ?? null,
      note: body.note ?? null,
      voided_at: null,
      void_reason: null,
    }),
  });

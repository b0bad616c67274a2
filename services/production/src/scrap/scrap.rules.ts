import { Problem, type ScrapRow } from '@plantops/contracts';

export function voidScrap(scrap: ScrapRow, reason: string, now: string): Partial<ScrapRow> {
  if (scrap.voided_at !== null) throw new Problem('illegal_transition', `it was voided at ${scrap.voided_at} already`);
  return { voided_at: now, void_reason: reason };
}

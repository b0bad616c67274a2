/** From when on a new version of a line, plant or product prices or schedules time in another way than before. */
import type { LineRow, PlantRow, ProductRow } from '@plantops/contracts';

type Versioned = { readonly versions: readonly { readonly valid_from: string | null }[] };
export type MasterKind = 'plant' | 'line' | 'product';

/** The first versions reach back without limit. */
const ALWAYS = '1970-01-01T00:00:00.000Z';

/** The instant from which the rows differ in what postings depend on; undefined when they do not. */
export function changedSince(kind: MasterKind, before: object | undefined, after: object): string | undefined {
  if (kind === 'line') return firstChange(before as LineRow | undefined, after as LineRow);
  if (kind === 'plant') return plantChange(before as PlantRow | undefined, after as PlantRow);
  return productChange(before as ProductRow | undefined, after as ProductRow);
}

/** Another time zone moves all local days. */
export function movesDays(kind: MasterKind, before: object | undefined, after: object): boolean {
  return kind === 'plant' && (before as PlantRow | undefined)?.timezone !== (after as PlantRow).timezone;
}

function plantChange(before: PlantRow | undefined, after: PlantRow): string | undefined {
  if (before?.timezone !== after.timezone) return ALWAYS;
  return firstChange({ versions: before.calendars ?? [] }, { versions: after.calendars ?? [] });
}

/** Costs, and the rates on each line. */
function productChange(before: ProductRow | undefined, after: ProductRow): string | undefined {
  const ratesOn = (row: ProductRow | undefined, lineId: string) => ({
    versions: (row?.rates ?? []).filter(({ line_id }) => line_id === lineId),
  });
  const lines = new Set([...(before?.rates ?? []), ...(after.rates ?? [])].map(({ line_id }) => line_id));
  const changes = [
    firstChange(before, after),
    ...[...lines].map((lineId) => firstChange(ratesOn(before, lineId), ratesOn(after, lineId))),
  ];
  return changes.filter((at) => at !== undefined).sort()[0];
}

/** The instant from which the versions say something else than before; undefined when they say the same. */
export function firstChange(before: Versioned | undefined, after: Versioned): string | undefined {
  const [old, fresh] = [textsOf(before), textsOf(after)];
  const differs = (index: number) => old[index] !== fresh[index];
  const at = Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => index).find(differs);
  if (at === undefined) return undefined;
  return [before?.versions[at], after.versions[at]]
    .flatMap((version) => (version === undefined ? [] : [version.valid_from ?? ALWAYS]))
    .toSorted((a, b) => a.localeCompare(b))[0];
}

function textsOf(row: Versioned | undefined): string[] {
  return (row?.versions ?? []).map((version) =>
    JSON.stringify(Object.entries(version).toSorted(([a], [b]) => a.localeCompare(b))),
  );
}

/** Too many facts to post at once: the first half of the intervals, then the other one. */
export function halves<T>(intervals: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(intervals.length / 2);
  return [intervals.slice(0, middle), intervals.slice(middle)];
}

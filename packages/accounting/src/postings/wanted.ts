import { batchPostings } from './batch-losses.ts';
import type { LineFacts } from '../facts.ts';
import { layTime } from '../time/ladder.ts';
import { scrapPostings, stopPostings } from './losses.ts';
import type { Posting } from './posting.ts';

/** The sources whose rows are wanted. A missing list means all sources of its kind. */
export interface Sources {
  readonly stop_ids?: Iterable<string>;
  readonly scrap_ids?: Iterable<string>;
  readonly batch_ids?: Iterable<string>;
}

/** Every row that the ledger should have for the given sources. `correct` compares it with the rows that it has. */
export function wantedPostings(facts: LineFacts, sources: Sources = {}): Posting[] {
  const stop_ids = new Set(sources.stop_ids ?? facts.stops.map((stop) => stop.id));
  const scrap_ids = new Set(sources.scrap_ids ?? facts.scraps.map((scrap) => scrap.id));
  const batch_ids = new Set(sources.batch_ids ?? facts.batches.map((batch) => batch.id));
  return [
    ...endedStops(facts, stop_ids),
    ...scrapPostings(
      facts,
      facts.scraps.filter((scrap) => scrap_ids.has(scrap.id)),
    ),
    ...batchPostings(facts, batch_ids).postings,
  ];
}

function endedStops(facts: LineFacts, stop_ids: ReadonlySet<string>): Posting[] {
  let from = Infinity;
  let to = -Infinity;
  for (const stop of facts.stops) {
    if (stop.to === null || !stop_ids.has(stop.id)) continue;
    from = Math.min(from, stop.from);
    to = Math.max(to, stop.to);
  }
  return from < to ? stopPostings(facts, layTime(facts, { from, to }, Infinity).pieces, stop_ids) : [];
}

import { lineSystem, Problem, type LineEvent } from '@plantops/contracts';
import { applied, type Tx, type Verdict } from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Located } from '../line-events/located.ts';
import { linkedUnits } from '../units/linked-units.ts';
import { countIn, multiplied, type Measured } from '../units/units.rules.ts';
import { inForce } from '../versions.rules.ts';
import { heldOf, refusal, type Reading, type Versions } from './counter.rules.ts';
import { deriveCounts } from './derive-counts.ts';
import { affectedBy } from './affected.rules.ts';
import { readAround, storeReadings, type CounterOf } from './stored-readings.ts';
import { versionsOf } from './versions-of.ts';

/** Readings of counters: stores those that hold, and derives the counts around them again. */
export async function applyCounters(tx: Tx, located: readonly Located<'counter'>[], now: string): Promise<Verdict[]> {
  const versions = await versionsOf(
    tx,
    located.map(({ line }) => line.id),
  );
  const accepted: { readonly of: CounterOf; readonly reading: Reading }[] = [];
  const verdicts = (await linkedUnits(tx, located, true)).map(({ event, line, productId, product, waits }): Verdict => {
    if (waits !== undefined) return waits;
    const reading = readingOf(event, productId);
    const why = whyNot(reading, versions.get(line.id) as Versions, product);
    if (why !== undefined) return { rejected: why };
    accepted.push({ of: { line_id: line.id, counter: event.body.counter ?? 'good' }, reading });
    return applied();
  });
  for (const ofCounter of Map.groupBy(accepted, ({ of }) => `${of.line_id} ${of.counter}`).values()) {
    const [{ of }] = ofCounter as [(typeof accepted)[number]];
    const sent = ofCounter.map(({ reading }) => reading);
    await applyReadings(tx, of, versions.get(of.line_id) as Versions, sent, now);
  }
  return verdicts;
}

async function applyReadings(tx: Tx, of: CounterOf, versions: Versions, sent: readonly Reading[], now: string) {
  const stored = await readAround(
    tx,
    of,
    sent.map(({ at }) => at),
  );
  const ids = new Map(stored.map(({ at, id }) => [at, id]));
  const known = new Set(stored.map(({ event_id }) => event_id));
  // A count keeps its id when another reading of its instant holds.
  const held = heldOf([...stored, ...sent.map((reading) => ({ ...reading, id: ids.get(reading.at) ?? reading.id }))]);
  const changed = new Set(held.filter(({ event_id }) => !known.has(event_id)));
  if (changed.size === 0) return;
  await storeReadings(tx, of, [...changed]);
  await deriveCounts(tx, of, { versions }, { readings: held, affected: affectedBy(held, changed) }, now);
}

const readingOf = (event: LineEvent<'counter'>, product_id: string | null): Reading => {
  const { id: event_id, at, total, seq = 0, batch_number = null, unit = null } = event.body;
  return { id: uuidv7(), at, total, seq, event_id, ...lineSystem(event), batch_number, product_id, unit };
};

/** Why a reading is refused: its total is none of the counter, or is more units than can be stored. */
function whyNot(reading: Reading, versions: Versions, product: Measured | undefined): string | undefined {
  const { at, total, unit } = reading;
  try {
    const good = multiplied(total, inForce(versions, at).units_per_pulse ?? 1);
    countIn(product, { good, reject: 0, unit: unit ?? undefined });
    return refusal(versions, reading);
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

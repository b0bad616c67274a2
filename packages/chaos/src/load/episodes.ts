/**
 * Writes of people: stops that are recorded, ended, amended and voided; batches; scrap; manual losses; and sometimes a
 * mistake.
 */
import type { Random } from '@plantops/fixtures';
import type { Outcome, Request, Row } from './operation.ts';

/** Does one write. One of its texts contains the mark. Returns the answered row, if any. */
export type Act = (
  request: (mark: string) => Request,
  isNeeded?: boolean,
) => Promise<{ row: Row | undefined; result: Outcome }>;
export type Scene = {
  readonly act: Act;
  readonly random: Random;
  readonly line: string;
  readonly product: string;
  /** The instant this many minutes after the beginning of the scene. */
  readonly at: (minutes: number) => string;
};

const CATEGORIES = ['mechanical', 'electrical', 'changeover', 'no_material', 'cleaning', 'quality'] as const;
/** Durations above and below the line's micro-stop threshold. */
const minutes = (random: Random): number => random.whole(2, 14);

const post =
  (entity: Request['entity'], path: string, body: (mark: string) => Request['body']) =>
  (mark: string): Request => ({
    entity,
    method: 'POST',
    path,
    body: body(mark),
  });
const put =
  (entity: Request['entity'], path: string, body: (mark: string) => Request['body']) =>
  (mark: string): Request => ({
    ...post(entity, path, body)(mark),
    method: 'PUT',
  });
const take =
  (entity: Request['entity'], path: string) =>
  (mark: string): Request => ({
    entity,
    method: 'DELETE',
    path,
    body: { reason: mark },
  });

async function wholeStop({ act, random, line, at }: Scene): Promise<boolean> {
  const end = minutes(random);
  const reason_category = random.one(CATEGORIES);
  const { row } = await act(
    post('downtime', '/downtimes', (mark) => ({
      line_id: line,
      start_time: at(0),
      end_time: at(end),
      reason_category,
      description: mark,
    })),
  );
  if (row === undefined) return true;
  // The same time again is a mistake: it is refused and changes nothing.
  if (random.chance(0.15))
    await act(
      post('downtime', '/downtimes', (mark) => ({
        line_id: line,
        start_time: at(1),
        end_time: at(end + 1),
        description: mark,
      })),
    );
  if (random.chance(0.3))
    await act(put('downtime', `/downtimes/${row.id}`, (mark) => ({ end_time: at(end + 2), root_cause: mark })));
  if (random.chance(0.2)) await act(take('downtime', `/downtimes/${row.id}`));
  return true;
}

async function openStop({ act, random, line, at }: Scene): Promise<boolean> {
  const begun = await act(
    post('downtime', '/downtimes', (mark) => ({ line_id: line, start_time: at(0), description: mark })),
    true,
  );
  // A stop that may be open now blocks all further stops on this line.
  if (begun.row === undefined) return begun.result.outcome === 'refused';
  const path = `/downtimes/${begun.row.id}`;
  const ended = await act(
    put('downtime', `${path}/end`, (mark) => ({
      end_time: at(minutes(random)),
      reason_category: random.one(CATEGORIES),
      resolution: mark,
    })),
    true,
  );
  if (ended.row === undefined) return ended.result.outcome === 'refused';
  if (random.chance(0.15))
    await act(put('downtime', `${path}/end`, (mark) => ({ end_time: at(16), resolution: mark })));
  if (random.chance(0.3))
    await act(put('downtime', path, (mark) => ({ reason_category: random.one(CATEGORIES), root_cause: mark })));
  if (random.chance(0.15)) await act(take('downtime', path));
  return true;
}

async function batch({ act, random, line, product, at }: Scene): Promise<boolean> {
  const planned = await act(
    post('batch', '/batches', (mark) => ({
      batch_number: mark,
      line_id: line,
      product_id: product,
      planned_quantity: 400,
    })),
  );
  if (planned.row === undefined) return true;
  const { id } = planned.row;
  const started = await act(
    put('batch', `/batches/${id}/start`, (mark) => ({ started_at: at(0), operator: mark })),
    true,
  );
  if (started.row === undefined) return started.result.outcome === 'refused';
  const units = random.whole(1, 9);
  await act(
    post('scrap', '/scrap', (mark) => ({ line_id: line, batch_id: id, at: at(4), quantity: units, note: mark })),
  );
  if (random.chance(0.5))
    await act(
      post('downtime', '/downtimes', (mark) => ({
        line_id: line,
        start_time: at(5),
        end_time: at(7),
        description: mark,
      })),
    );
  const totals = { good_count: random.whole(100, 300), scrap_count: units + random.whole(0, 5) };
  const completed = await act(
    put('batch', `/batches/${id}/complete`, (mark) => ({ completed_at: at(15), ...totals, notes: mark })),
    true,
  );
  if (completed.row === undefined) return completed.result.outcome === 'refused';
  if (random.chance(0.3))
    await act(put('batch', `/batches/${id}`, (mark) => ({ good_count: totals.good_count + 7, notes: mark })));
  return true;
}

async function scrap({ act, random, line, product, at }: Scene): Promise<boolean> {
  const unit_cost = random.whole(1, 500) / 100;
  const { row } = await act(
    post('scrap', '/scrap', (mark) => ({
      line_id: line,
      product_id: product,
      at: at(1),
      quantity: random.whole(1, 40) / 4,
      unit_cost,
      note: mark,
    })),
  );
  if (random.chance(0.1))
    await act(post('scrap', '/scrap', (mark) => ({ line_id: line, at: at(2), quantity: -1, note: mark })));
  if (row !== undefined && random.chance(0.3)) await act(take('scrap', `/scrap/${row.id}`));
  return true;
}

async function loss({ act, random, line, at }: Scene): Promise<boolean> {
  const priced = { time_minutes: random.whole(1, 30), hourly_cost: random.whole(100, 900), category: 'quality_loss' };
  await act(
    post('money_leak', '/money-leaks', (mark) => ({
      line_id: line,
      ...priced,
      occurred_from: at(3),
      description: mark,
    })),
  );
  return true;
}

async function rename({ act, line }: Scene): Promise<boolean> {
  for (let turn = 0; turn < 2; turn += 1) await act(put('line', `/lines/${line}`, (mark) => ({ name: mark })));
  return true;
}

const EPISODES = [wholeStop, wholeStop, wholeStop, openStop, openStop, batch, batch, scrap, scrap, loss, rename];

/**
 * Plays one episode. Returns false when the line cannot be used any more, because something may still be open on it.
 */
export const playEpisode = (scene: Scene): Promise<boolean> => scene.random.one(EPISODES)(scene);

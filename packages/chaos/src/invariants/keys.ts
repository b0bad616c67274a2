/** I7: a repeated key gets the same bytes; a write of unknown outcome that is sent again takes effect once. */
import { sendAgain } from '../load/writers.ts';
import type { Operation, Outcome } from '../load/operation.ts';
import type { Evidence } from '../evidence.ts';
import { versionsOf } from '../evidence.ts';
import { inTurns, type Finding } from './finding.ts';
import { effectsOf } from './writes.ts';

const AT_ONCE = 4;
const MOST = 250;

export async function checkKeys(evidence: Evidence): Promise<Finding> {
  const { operations } = evidence;
  const breaches: string[] = [];
  const answered = operations.filter(({ result }) => result.outcome === 'ok');
  const unknown = operations.filter(({ result }) => result.outcome === 'unknown');
  // A sample of the whole run.
  const sample = answered.filter((_, index) => index % Math.max(Math.ceil(answered.length / MOST), 1) === 0);
  await inTurns(sample, AT_ONCE, async (operation) => {
    const again = await sendAgain(evidence.chaos, operation, 0);
    if (!isSame(operation.result, again))
      breaches.push(`${operation.mark}: first ${textOf(operation.result)}, then ${textOf(again)}`);
  });
  const settled: { operation: Operation; again: Outcome }[] = [];
  await inTurns(unknown, AT_ONCE, async (operation) => {
    const [first, second] = [
      await sendAgain(evidence.chaos, operation, 0),
      await sendAgain(evidence.chaos, operation, 1),
    ];
    settled.push({ operation, again: first });
    const isKept = first.outcome === 'ok' || second.outcome === 'ok';
    if (isKept && !isSame(first, second))
      breaches.push(`${operation.mark}: first ${textOf(first)}, then ${textOf(second)}`);
  });
  return {
    name: 'I7',
    promise: 'the same key is answered with the same bytes',
    looked: sample.length + unknown.length,
    breaches: [...breaches, ...(await checkSettled(evidence, settled))],
  };
}

const isSame = (one: Outcome, other: Outcome): boolean =>
  one.outcome === 'ok' && other.outcome === 'ok' && one.status === other.status && one.text === other.text;
const textOf = (outcome: Outcome): string =>
  'text' in outcome ? `${outcome.status} ${outcome.text.slice(0, 300)}` : outcome.why;

/** Reads the outboxes again, because a write that was sent again may have taken effect only now. */
async function checkSettled(
  { tables }: Evidence,
  settled: readonly { operation: Operation; again: Outcome }[],
): Promise<string[]> {
  const announced = (
    await Promise.all(
      (['production', 'downtimes', 'money-leaks'] as const).map(async (service) => {
        const rows = await tables.query<{ id: string; tenant: string; subject: string; payload: string }>(
          service,
          'select event_id as id, tenant_id as tenant, subject, payload from outbox',
        );
        return rows.map((row) => ({ service, ...row }));
      }),
    )
  ).flat();
  const effects = effectsOf(versionsOf(announced));
  return settled.flatMap(({ operation, again }) => {
    const times = effects.get(`${operation.entity} ${operation.mark}`)?.length ?? 0;
    const wanted = again.outcome === 'ok' ? 1 : 0;
    return again.outcome === 'unknown' || times === wanted
      ? []
      : [`${operation.mark} is answered with ${textOf(again)} now and has taken effect ${times} times`];
  });
}

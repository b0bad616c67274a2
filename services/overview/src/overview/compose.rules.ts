/** Composes the overview from the answers. A missing part is null, never 0, and its service is named in `degraded`. */
import type { getOverview } from '@plantops/contracts';
import type { z } from 'zod';
import { alertsOf } from './alert.rules.ts';
import type { Answers } from './answers.ts';
import type { Period } from './period.rules.ts';

type Output = z.infer<typeof getOverview.output>;
export const compose = (answers: Answers, period: Period, now: string): Output => {
  const { production, downtimes, trials, 'money-leaks': losses } = answers;
  const inService = production?.lines.filter(({ is_active }) => is_active) ?? [];
  const down = new Set(downtimes?.open.map(({ line_id }) => line_id));
  return {
    kpis: {
      total_lines: production && inService.length,
      active_lines: production && downtimes && inService.filter(({ id }) => !down.has(id)).length,
      running_batches: production && production.running_batches,
      average_oee: losses && losses.average_oee,
      total_scrap_cost_today: losses && losses.total_scrap_cost_today,
      total_downtime_minutes_today: losses && losses.total_downtime_minutes_today,
    },
    money_leaks: {
      total_amount_usd: losses && losses.total_amount_usd,
      by_category: losses && losses.by_category,
      top_lines: losses && losses.top_lines,
    },
    alerts: alertsOf(answers, now),
    active_trials: trials && trials.active_trials,
    recent_scrap_events: production && production.recent_scrap_events,
    waiting: waitingOf(answers),
    generated_at: now,
    period: { name: period.name, from: losses?.period.from ?? null, to: losses?.period.to ?? null },
    degraded: Object.entries(answers).flatMap(([service, answer]) => (answer === null ? [service] : [])),
  };
};

/** What waits in all services. Without one of them the sum would be too small, so it is null then. */
const waitingOf = ({ production, downtimes, sensors }: Answers): Output['waiting'] => {
  if (production === null || downtimes === null || sensors === null) return null;
  const counts = [production, downtimes, sensors].flatMap(({ waiting }) => waiting ?? []);
  const by_reason = [...Map.groupBy(counts, ({ reason }) => reason)]
    .map(([reason, same]) => ({ reason, count: same.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
  return { total: by_reason.reduce((sum, { count }) => sum + count, 0), by_reason };
};

/** Alerts: what needs somebody now, judged from what the services answer. */
import type { AlertRow, getDowntimeFigures, getProductionFigures } from '@plantops/contracts';
import type { z } from 'zod';

type OpenStop = z.infer<typeof getDowntimeFigures.output>['open'][number];
type Line = z.infer<typeof getProductionFigures.output>['lines'][number];

/** An open unplanned stop grows more severe with the minutes it lasts. */
const SEVERITIES = [
  { minutes: 60, severity: 'critical' },
  { minutes: 15, severity: 'high' },
  { minutes: 5, severity: 'medium' },
] as const;

/** One alert an open unplanned stop that has lasted at least five minutes, the gravest and longest first. */
export const downtimeAlerts = (open: readonly OpenStop[], lines: ReadonlyMap<string, Line>, now: string): AlertRow[] =>
  open
    .flatMap((stop) => {
      const value = (Date.parse(now) - Date.parse(stop.start_time)) / 60_000;
      const reached = SEVERITIES.find(({ minutes }) => value >= minutes);
      const line = lines.get(stop.line_id);
      if (stop.is_planned || reached === undefined || line === undefined) return [];
      const { minutes, severity } = reached;
      return [
        {
          id: `downtime:${stop.id}`,
          severity,
          type: 'downtime',
          title: `${line.name} is down`,
          message: `${stop.reason_category}${stop.description === null ? '' : `: ${stop.description}`}, for ${Math.floor(value)} minutes`,
          line_id: stop.line_id,
          plant_id: line.plant_id,
          since: stop.start_time,
          value: Math.floor(value),
          threshold: minutes,
        },
      ];
    })
    .sort((a, b) => b.value - a.value || a.id.localeCompare(b.id));

import { createSensors } from './20261122T2000-create-sensors.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';
import { orderAnnouncements } from './20261123T0300-order-announcements.ts';
import { doubtMessages } from './20261128T1430-doubt-messages.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';
import { takeTurns } from './20261130T1200-take-turns.ts';
import { countRejections } from './20261130T1500-count-rejections.ts';
import { dampLimits } from './20261130T1800-damp-limits.ts';
import { orderCrossings } from './20261130T1930-order-crossings.ts';

export const migrations = [
  createSensors,
  guardStreams,
  orderAnnouncements,
  doubtMessages,
  analyzeTables,
  takeTurns,
  countRejections,
  dampLimits,
  orderCrossings,
];

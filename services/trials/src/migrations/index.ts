import { createTrials } from './20261122T0900-create-trials.ts';
import { extendTrials } from './20261122T2000-extend-trials.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';
import { orderAnnouncements } from './20261123T0300-order-announcements.ts';
import { doubtMessages } from './20261128T1430-doubt-messages.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';
import { takeTurns } from './20261130T1200-take-turns.ts';

export const migrations = [
  createTrials,
  extendTrials,
  guardStreams,
  orderAnnouncements,
  doubtMessages,
  analyzeTables,
  takeTurns,
];

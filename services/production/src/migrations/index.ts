import { createProduction } from './20261122T0900-create-production.ts';
import { extendProduction } from './20261122T2000-extend-production.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';
import { orderAnnouncements } from './20261123T0300-order-announcements.ts';
import { limitMasterData } from './20261123T0400-limit-master-data.ts';
import { doubtMessages } from './20261128T1430-doubt-messages.ts';
import { noteKnownKeys } from './20261128T1440-note-known-keys.ts';
import { narrowCounts } from './20261130T0900-narrow-counts.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';
import { takeTurns } from './20261130T1200-take-turns.ts';
import { findChanges } from './20261130T1400-find-changes.ts';
import { exactCosts } from './20261130T1500-exact-costs.ts';
import { waitForClocks } from './20261130T1500-wait-for-clocks.ts';
import { setTimes } from './20261130T1530-set-times.ts';
import { unitsOfMeasure } from './20261130T1600-units-of-measure.ts';
import { readCounters } from './20261130T1700-read-counters.ts';
import { findCountsOfProducts } from './20261130T1700-find-counts-of-products.ts';
import { judgeSilence } from './20261130T1800-judge-silence.ts';
import { interruptBatches } from './20261130T1800-interrupt-batches.ts';

export const migrations = [
  createProduction,
  extendProduction,
  guardStreams,
  orderAnnouncements,
  limitMasterData,
  doubtMessages,
  noteKnownKeys,
  narrowCounts,
  analyzeTables,
  takeTurns,
  findChanges,
  exactCosts,
  waitForClocks,
  setTimes,
  unitsOfMeasure,
  readCounters,
  findCountsOfProducts,
  judgeSilence,
  interruptBatches,
];

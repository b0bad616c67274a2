import { createDowntimes } from './20261122T0900-create-downtimes.ts';
import { extendDowntimes } from './20261122T2000-extend-downtimes.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';
import { orderAnnouncements } from './20261123T0300-order-announcements.ts';
import { doubtMessages } from './20261128T1430-doubt-messages.ts';
import { noteKnownKeys } from './20261128T1440-note-known-keys.ts';
import { findBatches } from './20261128T1800-find-batches.ts';
import { dropIndexes } from './20261130T0900-drop-indexes.ts';
import { findOverlapping } from './20261130T0900-find-overlapping.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';
import { takeTurns } from './20261130T1200-take-turns.ts';
import { searchTemporaryLast } from './20261130T1300-search-temporary-last.ts';
import { findChanges } from './20261130T1400-find-changes.ts';
import { keepWords } from './20261130T1500-keep-words.ts';
import { waitForClocks } from './20261130T1500-wait-for-clocks.ts';
import { waitForNoise } from './20261130T1540-wait-for-noise.ts';
import { noteActivity } from './20261130T1800-note-activity.ts';
import { runBatches } from './20261130T1800-run-batches.ts';
import { loseDevices } from './20261130T1900-lose-devices.ts';
import { mendWords } from './20261130T2000-mend-words.ts';

export const migrations = [
  createDowntimes,
  extendDowntimes,
  guardStreams,
  orderAnnouncements,
  doubtMessages,
  noteKnownKeys,
  findBatches,
  findOverlapping,
  dropIndexes,
  analyzeTables,
  takeTurns,
  searchTemporaryLast,
  findChanges,
  keepWords,
  waitForClocks,
  waitForNoise,
  noteActivity,
  runBatches,
  loseDevices,
  mendWords,
];

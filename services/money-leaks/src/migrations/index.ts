import { createMoneyLeaks } from './20261122T0900-create-money-leaks.ts';
import { extendMoneyLeaks } from './20261122T2000-extend-money-leaks.ts';
import { keepSums } from './20261123T0000-keep-sums.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';
import { orderAnnouncements } from './20261123T0300-order-announcements.ts';
import { orderBatches } from './20261123T0400-order-batches.ts';
import { doubtMessages } from './20261128T1430-doubt-messages.ts';
import { narrowSpans } from './20261130T0900-narrow-spans.ts';
import { analyzeTables } from './20261130T1000-analyze-tables.ts';
import { takeTurns } from './20261130T1200-take-turns.ts';
import { searchTemporaryLast } from './20261130T1300-search-temporary-last.ts';
import { keepSmallCosts } from './20261130T1700-keep-small-costs.ts';

export const migrations = [
  createMoneyLeaks,
  extendMoneyLeaks,
  keepSums,
  guardStreams,
  orderAnnouncements,
  orderBatches,
  doubtMessages,
  narrowSpans,
  analyzeTables,
  takeTurns,
  searchTemporaryLast,
  keepSmallCosts,
];

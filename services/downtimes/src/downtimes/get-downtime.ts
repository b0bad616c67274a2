import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getFromView } from '@plantops/persistence';
import { DowntimeView } from './downtime-view.ts';

export const getDowntime = query(
  contracts.getDowntime,
  () =>
    ({ id }, { tx }) =>
      getFromView(tx, DowntimeView, 'downtime', id),
);

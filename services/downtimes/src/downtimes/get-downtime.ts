import { getById } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { DowntimeView } from './downtime-view.ts';

export const getDowntime = getById(contracts.getDowntime, DowntimeView, 'downtime');

import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getView } from './sensor-view.ts';

export const getSensor = query(
  contracts.getSensor,
  () =>
    ({ id }, { tx }) =>
      getView(tx, id),
);

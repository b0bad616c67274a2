import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { findSettings, viewOf } from './find-settings.ts';

export const getSettings = query(
  contracts.getSettings,
  () =>
    async (_input, { tx }) =>
      viewOf(await findSettings(tx)),
);

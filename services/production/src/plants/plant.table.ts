import { p } from '@mikro-orm/core';
import type { PlantRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Plant = table<PlantRow>()('plant', {
  code: p.text(),
  name: p.text(),
  timezone: p.text(),
  address: p.text().nullable(),
  calendars: p.json(),
});

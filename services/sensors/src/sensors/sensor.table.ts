import { p } from '@mikro-orm/core';
import type { SensorRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Sensor = table<SensorRow>()('sensor', {
  code: p.text(),
  line_id: p.uuid(),
  line_code: p.text(),
  name: p.text(),
  unit: p.text(),
  kind: p.text(),
  low_limit: p.double().nullable(),
  high_limit: p.double().nullable(),
  deadband: p.double(),
  delay_seconds: p.integer(),
});

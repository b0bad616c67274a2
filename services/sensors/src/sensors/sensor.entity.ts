import { defineEntity, p } from '@mikro-orm/postgresql';
import { rowProperties } from '@plantops/persistence';

export const Sensor = defineEntity({
  name: 'Sensor',
  tableName: 'sensor',
  properties: {
    ...rowProperties,
    code: p.text(),
    line_id: p.uuid(),
    line_code: p.text(),
    name: p.text(),
    unit: p.text(),
    kind: p.text(),
    low_limit: p.double().nullable(),
    high_limit: p.double().nullable(),
  },
});

import { defineEntity, p } from '@mikro-orm/postgresql';
import { rowProperties } from '@plantops/persistence';

export const Plant = defineEntity({
  name: 'Plant',
  tableName: 'plant',
  properties: { ...rowProperties, code: p.text(), name: p.text(), timezone: p.text(), address: p.text().nullable(), calendars: p.json() },
});

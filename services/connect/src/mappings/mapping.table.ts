import { p } from '@mikro-orm/core';
import type { MappingRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Mapping = table<MappingRow>()('mapping', {
  connection_id: p.uuid(),
  topic: p.text(),
  format: p.text(),
  metric: p.text().nullable(),
  kind: p.text(),
  line: p.json(),
  fields: p.json(),
  is_active: p.boolean(),
});

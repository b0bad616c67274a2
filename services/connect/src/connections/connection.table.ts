import { p } from '@mikro-orm/core';
import type { ConnectionRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Connection = table<ConnectionRow>()('connection', {
  code: p.text(),
  name: p.text(),
  url: p.text(),
  username: p.text().nullable(),
  ca_certificate: p.text().nullable(),
  client_id: p.text(),
  protocol: p.text(),
  topics: p.json(),
  is_active: p.boolean(),
  has_password: p.boolean(),
});

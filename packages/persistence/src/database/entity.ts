import { p } from '@mikro-orm/postgresql';

/** The columns that every row carries, as properties of its entity. */
export const rowProperties = {
  id: p.uuid().primary(),
  tenant_id: p.text(),
  version: p.integer(),
  created_at: p.datetime(),
  updated_at: p.datetime(),
  created_by: p.text(),
  updated_by: p.text(),
};

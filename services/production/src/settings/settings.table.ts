import { p } from '@mikro-orm/core';
import type { SettingsRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Settings = table<SettingsRow>()('tenant_settings', { late_after_days: p.integer() });

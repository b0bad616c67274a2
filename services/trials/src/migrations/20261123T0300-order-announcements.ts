import { orderIndex, sqlMigration } from '@plantops/persistence';

export const orderAnnouncements = sqlMigration('20261123T0300-order-announcements', orderIndex);

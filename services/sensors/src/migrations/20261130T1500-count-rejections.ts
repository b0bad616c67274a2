import { rejectionCounts, sqlMigration } from '@plantops/persistence';

/** Rejections are counted. */
export const countRejections = sqlMigration('20261130T1500-count-rejections', rejectionCounts);

import { commonConfig, configReader, databaseConfig } from '@plantops/service-kit';
import { z } from 'zod';
import { isNetwork } from './sessions/addresses.ts';

const networksOf = (text: string): string[] => text.split(/[, ]+/).filter((part) => part !== '');

export const readConfig = configReader({
  ...commonConfig,
  ...databaseConfig,
  /**
   * Addresses and networks that connections may lead to although they are refused otherwise: this computer and
   * link-local addresses. Separated by commas, as 127.0.0.1,::1.
   */
  PLANTOPS_CONNECT_ALLOW: z
    .string()
    .refine((text) => networksOf(text).every(isNetwork), 'must be addresses and networks, separated by commas')
    .transform(networksOf)
    .default([]),
});
export type Config = ReturnType<typeof readConfig>;

import { commonConfig, configReader, databaseConfig } from '@plantops/service-kit';

export const readConfig = configReader({ ...commonConfig, ...databaseConfig });
export type Config = ReturnType<typeof readConfig>;

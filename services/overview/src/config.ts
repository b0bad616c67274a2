import { commonConfig, configReader } from '@plantops/service-kit';

export const readConfig = configReader(commonConfig);
export type Config = ReturnType<typeof readConfig>;

import { stopServers } from './global-setup.ts';

export default async (): Promise<void> => stopServers.stop();

import { getOverview as contract } from '@plantops/contracts';
import { answer, Bus, type Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { getOverview } from './overview/get-overview.ts';

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const bus = await Bus.connect('overview', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());
  lifetime.defer('answers', await bus.serve('overview', [answer(contract, getOverview({ bus, now, logger }))]));
  return { ready: () => bus.connected };
};

import { migrate } from '@plantops/persistence';
import { configReader, ownerConfig, runOnce } from '@plantops/service-kit';
import { tables } from './database.ts';

await runOnce(configReader(ownerConfig), async ({ PLANTOPS_DATABASE_OWNER_URL: url }, say) => {
  const applied = await migrate({ url, ...tables });
  say(applied.length === 0 ? 'up to date' : applied.join(', '));
});

import { startServers } from './infrastructure.ts';
import { createTemplates } from './templates.ts';

/** Starts the servers and creates a template database for each service, before the first test file. */
export default async (): Promise<void> => {
  const servers = await startServers();
  process.stdout.write(`\n${servers.how}\n`);
  process.env['PLANTOPS_TEST_SERVERS'] = JSON.stringify({
    databaseUrl: servers.databaseUrl,
    natsUrls: servers.natsUrls,
  });
  stopServers.stop = servers.stop;
  // When the templates fail, jest runs neither tests nor teardown, so the servers are stopped here.
  await createTemplates(servers.databaseUrl).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
};

/** Read by the teardown, which runs in the same process. */
export const stopServers: { stop: () => Promise<void> } = { stop: async () => {} };

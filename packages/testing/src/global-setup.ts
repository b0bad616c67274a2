import { startServers } from './infrastructure.ts';
import { createTemplates } from './templates.ts';

/** Before the first test file: the servers, and a template database of each service. */
export default async (): Promise<void> => {
  const servers = await startServers();
  process.stdout.write(`\n${servers.how}\n`);
  process.env['PLANTOPS_TEST_SERVERS'] = JSON.stringify({ databaseUrl: servers.databaseUrl, natsUrls: servers.natsUrls });
  stopServers.stop = servers.stop;
  // Without the templates no test runs, and no teardown: what was started is stopped here.
  await createTemplates(servers.databaseUrl).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
};

/** Handed over to the teardown, which runs in the same process. */
export const stopServers: { stop: () => Promise<void> } = { stop: async () => {} };

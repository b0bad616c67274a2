/**
 * Starts a nats-server whose consumers are repaired before clients connect. After a power loss a stream may end before
 * the position of its consumers. They would skip the messages that are stored next, also an acknowledged line event. So
 * the server first runs on a random port, which only the provisioner knows, and then again on its own port.
 */
import { provision } from '@plantops/service-kit';
import { startNatsServer, type NatsServer, type NatsServerSpec } from '@plantops/servers';

export async function startRepairedNatsServer(
  spec: NatsServerSpec,
  { password, tenants, say }: { password: string; tenants: readonly string[]; say: (line: string) => void },
): Promise<NatsServer> {
  const apart = await startNatsServer({ ...spec, apart: true });
  try {
    const url = new URL(apart.url);
    [url.username, url.password] = ['provisioner', password];
    for (const remark of await provision(url.href, tenants)) say(remark);
  } finally {
    await apart.stop();
  }
  return startNatsServer(spec);
}

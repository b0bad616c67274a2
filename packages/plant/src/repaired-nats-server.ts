/**
 * A nats-server whose consumers are right before anybody connects. After a loss of power a stream may end before the place that its consumers
 * have reached: what is stored next would be passed by, also a line event that was acknowledged. So the server runs apart first, where only the
 * provisioner finds it, and again where everybody does.
 */
import { provision } from '@plantops/service-kit';
import { startNatsServer, type NatsServer, type NatsServerSpec } from '@plantops/servers';

export const startRepairedNatsServer = async (
  spec: NatsServerSpec,
  { password, tenants, say }: { password: string; tenants: readonly string[]; say: (line: string) => void },
): Promise<NatsServer> => {
  const apart = await startNatsServer({ ...spec, apart: true });
  try {
    const url = new URL(apart.url);
    [url.username, url.password] = ['provisioner', password];
    for (const remark of await provision(url.href, tenants)) say(remark);
  } finally {
    await apart.stop();
  }
  return startNatsServer(spec);
};

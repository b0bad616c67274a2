import type { Config } from '../config.ts';
import type { NatsAddress } from '../edge/connect-edge.ts';
import { readReadyFile, tenantIn } from '../edge/ready-file.ts';

/** The addresses and users of the demo: an administrator for REST, the tenant's edge user for NATS. */
export type Access = { readonly gatewayUrl: string; readonly token: string; readonly nats: NatsAddress };

export async function accessFrom(config: Config): Promise<Access> {
  const {
    PLANTOPS_READY_FILE: file,
    PLANTOPS_TENANT: tenant,
    PLANTOPS_GATEWAY_URL: gatewayUrl = '',
    PLANTOPS_NATS_URL: url = '',
    PLANTOPS_TOKEN: token = '',
  } = config;
  if (file === undefined) return { gatewayUrl, token, nats: { url } };
  const ready = await readReadyFile(file);
  const { tokens, edge } = tenantIn(ready, tenant);
  return { gatewayUrl: ready.gateway_url, token: tokens['admin'] ?? '', nats: { url: ready.nats_url, ...edge } };
}

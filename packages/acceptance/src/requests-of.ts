import { connect } from 'nats';

/**
 * The number of requests that each copy of a service has answered, by its own statistics. The URL has the user
 * `provisioner`.
 */
export async function requestsOf(service: string, { host, username: user, password: pass }: URL): Promise<number[]> {
  const connection = await connect({ servers: host, user, pass, inboxPrefix: '_INBOX_provisioner' });
  try {
    const counts: number[] = [];
    for await (const stats of await connection.services.client().stats(service))
      counts.push((stats.endpoints ?? []).reduce((sum, { num_requests }) => sum + num_requests, 0));
    return counts;
  } finally {
    await connection.close();
  }
}

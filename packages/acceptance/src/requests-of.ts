import { connect } from 'nats';

/** Requests that each copy of a service has answered, as they say themselves to the NATS user `provisioner` of this URL. */
export const requestsOf = async (service: string, { host, username: user, password: pass }: URL): Promise<number[]> => {
  const connection = await connect({ servers: host, user, pass, inboxPrefix: '_INBOX_provisioner' });
  try {
    const counts: number[] = [];
    for await (const stats of await connection.services.client().stats(service))
      counts.push((stats.endpoints ?? []).reduce((sum, { num_requests }) => sum + num_requests, 0));
    return counts;
  } finally {
    await connection.close();
  }
};

/** Whatever the second copies are given is acknowledged for them at once, before they have committed anything. */
import type { NatsConnection } from 'nats';
import type { Sabotage } from './sabotage.ts';

const SERVICES = ['production', 'downtimes', 'money-leaks'] as const;
/** Where the broker waits for the acknowledgement of a message that it delivers. */
const REPLIES = /\$JS\.ACK\.[\w-]+\.[\w-]+(?:\.\d+){5}/g;

export const ackBeforeCommit: Sabotage = async (chaos) => {
  const connections: NatsConnection[] = [];
  for (const service of SERVICES) {
    const connection = await chaos.connect(service);
    connections.push(connection);
    chaos.copies.proxy(service, 'nats').onServerBytes = (bytes) => {
      for (const [reply] of bytes.toString('latin1').matchAll(REPLIES)) connection.publish(reply, '+ACK');
    };
  }
  return async () => {
    for (const service of SERVICES) chaos.copies.proxy(service, 'nats').onServerBytes = undefined;
    await Promise.all(connections.map((connection) => connection.close()));
  };
};

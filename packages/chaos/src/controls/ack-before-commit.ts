/** Acknowledges each message for the second copies at once, before they have committed anything. */
import type { NatsConnection } from 'nats';
import type { Sabotage } from './sabotage.ts';

const SERVICES = ['production', 'downtimes', 'money-leaks'] as const;
/** The reply subjects for acknowledgements of delivered messages. */
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

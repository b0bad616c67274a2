/**
 * Publishes an event before its transaction commits, and the transaction rolls back: the listeners get an event of a
 * change that never happened.
 */
import { randomUUID } from 'node:crypto';
import { repeatIn } from './databases.ts';
import type { Sabotage } from './sabotage.ts';

const EVERY_MS = 2_000;
type Last = { tenant_id: string; subject: string; payload: string };

export const publishBeforeCommit: Sabotage = async (chaos) => {
  const connection = await chaos.connect('production');
  const jetstream = connection.jetstream({ timeout: 2_000 });
  const end = repeatIn(chaos.databaseUrl, 'production', EVERY_MS, async (client) => {
    await client.query('begin');
    try {
      const { rows } = await client.query<Last>(
        "select tenant_id, subject, payload from outbox where subject like '%.scrap.logged' order by id desc limit 1",
      );
      const [last] = rows;
      if (last === undefined) return;
      const event = JSON.parse(last.payload) as { id: string; subject: string; data: { id: string } };
      const [eventId, rowId] = [randomUUID(), randomUUID()];
      const payload = JSON.stringify({ ...event, id: eventId, subject: rowId, data: { ...event.data, id: rowId } });
      await client.query('insert into outbox (event_id, tenant_id, subject, payload) values ($1, $2, $3, $4)', [
        eventId,
        last.tenant_id,
        last.subject,
        payload,
      ]);
      await jetstream.publish(last.subject, payload, { msgID: eventId });
    } finally {
      await client.query('rollback');
    }
  });
  return async () => {
    await end();
    await connection.close();
  };
};

/** I5: each poison message is listed once, as a dead letter or rejection, and no good message is. */
import { announcers, type Evidence } from '../evidence.ts';
import { POISON_ID } from '../load/poison.ts';
import { missingFrom, type Finding } from './finding.ts';

type Listed = { tenant: string; text: string; reason: string };

export async function checkPoison({ tables, poison, tenants }: Evidence): Promise<Finding> {
  const all: (Listed & { where: string })[] = [];
  for (const service of announcers) {
    const deadLetters = await tables.query<Listed>(
      service,
      'select tenant_id as tenant, message_subject || $1 || payload as text, reason from dead_letter',
      [' '],
    );
    all.push(...deadLetters.map((deadLetter) => ({ ...deadLetter, where: `dead letter of ${service}` })));
  }
  for (const service of ['production', 'downtimes'] as const) {
    const rejections = await tables.query<Listed>(
      service,
      'select tenant_id as tenant, body as text, reason from line_event_rejection',
    );
    all.push(...rejections.map((rejection) => ({ ...rejection, where: `rejection of ${service}` })));
  }
  const breaches = all
    .filter(({ text }) => !POISON_ID.test(text))
    .map(({ where, reason, text }) => `${where}, though it is good: ${reason}: ${text.slice(0, 300)}`);
  for (const tenant of tenants) {
    const listed = all.filter((one) => one.tenant === tenant).flatMap(({ text }) => POISON_ID.exec(text)?.[0] ?? []);
    const ofTenant = poison.filter(({ event }) => event.tenant === tenant);
    const kept = new Set(ofTenant.filter(({ outcome }) => outcome === 'acked').map(({ event }) => event.id));
    const maybe = new Set(ofTenant.filter(({ outcome }) => outcome !== 'refused').map(({ event }) => event.id));
    breaches.push(
      ...missingFrom(new Set(listed), kept).map((id) => `${id} of ${tenant} was acknowledged and is not listed`),
    );
    breaches.push(
      ...missingFrom(maybe, listed).map((id) => `${id} of ${tenant} is listed, although the broker refused it`),
    );
    breaches.push(
      ...listed
        .filter((id, index) => listed.indexOf(id) !== index)
        .map((id) => `${id} of ${tenant} is listed more than once`),
    );
  }
  return { name: 'I5', promise: 'poison is listed once, and nothing else is', looked: poison.length, breaches };
}

/** I5: poison is kept and listed, each once, and nothing good among it. */
import { announcers, type Evidence } from '../evidence.ts';
import { POISON_ID } from '../load/poison.ts';
import { missingFrom, type Finding } from './finding.ts';

type Aside = { tenant: string; text: string; reason: string };

export const checkSetAside = async ({ tables, poison, tenants }: Evidence): Promise<Finding> => {
  const aside: (Aside & { where: string })[] = [];
  for (const service of announcers) {
    const letters = await tables.query<Aside>(
      service,
      'select tenant_id as tenant, message_subject || $1 || payload as text, reason from dead_letter',
      [' '],
    );
    aside.push(...letters.map((letter) => ({ ...letter, where: `dead letter of ${service}` })));
  }
  for (const service of ['production', 'downtimes'] as const) {
    const rejections = await tables.query<Aside>(service, 'select tenant_id as tenant, body as text, reason from line_event_rejection');
    aside.push(...rejections.map((rejection) => ({ ...rejection, where: `rejection of ${service}` })));
  }
  const breaches = aside
    .filter(({ text }) => !POISON_ID.test(text))
    .map(({ where, reason, text }) => `${where}, though it is good: ${reason}: ${text.slice(0, 300)}`);
  for (const tenant of tenants) {
    const listed = aside.filter((one) => one.tenant === tenant).flatMap(({ text }) => POISON_ID.exec(text)?.[0] ?? []);
    const ofTenant = poison.filter(({ event }) => event.tenant === tenant);
    const kept = new Set(ofTenant.filter(({ outcome }) => outcome === 'acked').map(({ event }) => event.id));
    const maybe = new Set(ofTenant.filter(({ outcome }) => outcome !== 'refused').map(({ event }) => event.id));
    breaches.push(...missingFrom(new Set(listed), kept).map((id) => `${id} of ${tenant} was acknowledged and is listed nowhere`));
    breaches.push(...missingFrom(maybe, listed).map((id) => `${id} of ${tenant} is listed, and the broker had refused it`));
    breaches.push(...listed.filter((id, index) => listed.indexOf(id) !== index).map((id) => `${id} of ${tenant} is listed more than once`));
  }
  return { name: 'I5', promise: 'poison is listed once, and nothing else is', looked: poison.length, breaches };
};

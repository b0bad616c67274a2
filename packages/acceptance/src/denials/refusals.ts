import { waitFor } from '@plantops/fixtures';
import { connect } from 'nats';
import type { Forbidden } from './forbidden-subjects.ts';

type Who = { readonly url: string; readonly user: string; readonly password: string };
const keyOf = ({ operation, subject }: Forbidden) => `${operation} ${subject}`;

/** Tries all operations as a user, and returns those that the server did not refuse. */
export async function notRefused({ url, user, password }: Who, forbidden: readonly Forbidden[]): Promise<string[]> {
  const connection = await connect({ servers: new URL(url).host, user, pass: password, inboxPrefix: `_INBOX_${user}` });
  const refused = new Set<string>();
  void (async () => {
    for await (const { permissionContext } of connection.status()) {
      if (permissionContext) refused.add(keyOf(permissionContext as Forbidden));
    }
  })();
  for (const { operation, subject } of forbidden) {
    if (operation === 'publish') connection.publish(subject, '{}');
    // A subscription gets its own refusal.
    else
      connection.subscribe(subject, {
        callback: (error) =>
          void (error?.code === 'PERMISSIONS_VIOLATION' && refused.add(keyOf({ operation, subject }))),
      });
  }
  await connection.flush();
  const left = () => forbidden.map(keyOf).filter((key) => !refused.has(key));
  // Refusals arrive asynchronously, after the flush.
  await waitFor('the refusals', () => left().length === 0, 3_000).catch(() => {});
  await connection.close();
  return left();
}

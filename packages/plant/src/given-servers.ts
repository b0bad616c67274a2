/** The servers that a plant uses instead of its own ones. */
import { connect } from 'node:net';
import { noAnswer } from '@plantops/service-kit';
import type { Settings } from './settings.ts';

const ANSWERS_WITHIN_MS = 5_000;
const GIVEN = [
  { variable: 'PLANTOPS_DATABASE_URL', server: 'PostgreSQL', usualPort: 5432 },
  { variable: 'PLANTOPS_NATS_URL', server: 'NATS', usualPort: 4222 },
] as const;

/** Throws one error that names each variable whose server accepts no connection. */
export async function refuseServersThatAreAway(settings: Settings): Promise<void> {
  const faults = await Promise.all(
    GIVEN.map(async ({ variable, server, usualPort }) => {
      const address = settings[variable];
      if (address === undefined || (await answers(new URL(address), usualPort))) return [];
      return [noAnswer(variable, server, address)];
    }),
  );
  if (faults.flat().length > 0) throw new Error(faults.flat().join('\n'));
}

function answers({ hostname, port }: URL, usualPort: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/^\[|\]$/g, ''), port: Number(port || usualPort) });
    const end = (does: boolean) => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.setTimeout(ANSWERS_WITHIN_MS, () => end(false));
  });
}

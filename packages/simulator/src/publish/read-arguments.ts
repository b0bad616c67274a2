/** The command line of `publish-events`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tenantSlug } from '@plantops/contracts';
import type { NatsAddress } from '../edge/connect-edge.ts';
import { readReadyFile, tenantIn } from '../edge/ready-file.ts';

export const USAGE = `pnpm publish-events FILE.ndjson --tenant T

Publishes line events, one JSON object on each line: {"line": "FILL-1", "kind": "count", "id": "...", "at": "...", "good": 12}
FILE may be - for standard input. Sending a file again is safe: an event counts once, by its id.

  --tenant T        the tenant of the events
  --backfill        the events are sent late on purpose; without it, those that are too old wait
  --nats-url URL    the address of NATS; default: the plant whose ready.json is in PLANTOPS_DATA_DIR (.plantops)
  --user, --password   the tenant's edge user; default: the one in ready.json
`;

export type Arguments = {
  readonly file: string;
  readonly tenant: string;
  readonly isBackfill: boolean;
  readonly natsUrl?: string;
  readonly user?: string;
  readonly password?: string;
};

/** Reads the command line; undefined when it asks for help. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parseArgs({
    // Package managers may pass on the -- before the arguments.
    args: args[0] === '--' ? args.slice(1) : [...args],
    allowPositionals: true,
    options: {
      tenant: { type: 'string' },
      backfill: { type: 'boolean' },
      'nats-url': { type: 'string' },
      user: { type: 'string' },
      password: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new Error(`Name one file, or - for standard input.\n\n${USAGE}`);
  if (values.tenant === undefined) throw new Error(`Name the tenant of the events: --tenant T.\n\n${USAGE}`);
  if (!tenantSlug.safeParse(values.tenant).success)
    throw new Error(`"${values.tenant}" is not a tenant: 1 to 32 of a-z, 0-9 and -.`);
  return {
    file,
    tenant: values.tenant,
    isBackfill: values.backfill === true,
    natsUrl: values['nats-url'],
    user: values.user,
    password: values.password,
  };
}

/** The address to publish to: from the command line, else from the running plant. */
export async function addressFor(
  { tenant, natsUrl, user, password }: Arguments,
  env: NodeJS.ProcessEnv,
): Promise<NatsAddress> {
  if (natsUrl !== undefined) return { url: natsUrl, user, password };
  const ready = await readReadyFile(join(env['PLANTOPS_DATA_DIR'] || '.plantops', 'ready.json'));
  const { edge } = tenantIn(ready, tenant);
  return { url: ready.nats_url, user: user ?? edge.user, password: password ?? edge.password };
}

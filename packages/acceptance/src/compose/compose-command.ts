/**
 * The compose command: `docker compose`, or the older `docker-compose`; undefined when neither works or no engine
 * answers. `PLANTOPS_CONTAINERS=1` makes that a failure; `PLANTOPS_CONTAINERS=off` never uses containers.
 */
import { runCommand, succeeds } from '@plantops/servers';

const WAYS = [['docker', 'compose'], ['docker-compose']] as const;
const wanted = process.env['PLANTOPS_CONTAINERS'];

export async function composeCommand(): Promise<readonly string[] | undefined> {
  const way = wanted === 'off' ? undefined : await found();
  if (way !== undefined) return way;
  if (wanted === '1') throw new Error('PLANTOPS_CONTAINERS=1, and no Docker engine with compose answers');
  process.stderr.write(
    'No Docker engine with compose answers: the deployed plant is not tested (PLANTOPS_CONTAINERS=1 makes that a failure).\n',
  );
  return undefined;
}

async function found(): Promise<readonly string[] | undefined> {
  if (!(await succeeds('docker', ['info']))) return undefined;
  for (const way of WAYS) if (await succeeds(way[0], [...way.slice(1), 'version'])) return way;
  return undefined;
}

/** The file name of the configuration for the nats-server in the image: servers before 2.10 refuse the current one. */
export async function natsConfFor(image: string): Promise<string> {
  const said = await runCommand('docker', ['run', '--rm', '--entrypoint', 'nats-server', image, '--version'], {
    timeoutMs: 120_000,
  });
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(said) ?? [];
  return Number(major) === 2 && Number(minor) < 10 ? 'nats-2.9.conf' : 'nats.conf';
}

/**
 * How compose is called here: `docker compose`, or the `docker-compose` of older machines; undefined where none of them, or no engine, answers.
 * `PLANTOPS_CONTAINERS=1` makes that a failure, `PLANTOPS_CONTAINERS=off` does without one that answers.
 */
import { runCommand, succeeds } from '@plantops/servers';

const WAYS = [['docker', 'compose'], ['docker-compose']] as const;
const wanted = process.env['PLANTOPS_CONTAINERS'];

export const composeCommand = async (): Promise<readonly string[] | undefined> => {
  const way = wanted === 'off' ? undefined : await found();
  if (way !== undefined) return way;
  if (wanted === '1') throw new Error('PLANTOPS_CONTAINERS=1, and no Docker engine with compose answers');
  process.stderr.write(
    'No Docker engine with compose answers: the deployed plant is not tested (PLANTOPS_CONTAINERS=1 makes that a failure).\n',
  );
  return undefined;
};

const found = async (): Promise<readonly string[] | undefined> => {
  if (!(await succeeds('docker', ['info']))) return undefined;
  for (const way of WAYS) if (await succeeds(way[0], [...way.slice(1), 'version'])) return way;
  return undefined;
};

/** The configuration for the server that the image holds: one before 2.10 refuses today's. */
export const natsConfFor = async (image: string): Promise<string> => {
  const said = await runCommand('docker', ['run', '--rm', '--entrypoint', 'nats-server', image, '--version'], { timeoutMs: 120_000 });
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(said) ?? [];
  return Number(major) === 2 && Number(minor) < 10 ? 'nats-2.9.conf' : 'nats.conf';
};

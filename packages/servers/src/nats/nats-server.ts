/** Runs the plant's own nats-server from a configuration file. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { connect } from 'node:net';
import { checkJsonFile } from '@plantops/operations';
import { z } from 'zod';

import { logSize, logTail } from '../process/log-file.ts';
import { processIdentity, sendSignal } from '../process/process-identity.ts';
import { spawnRunning, untilReady } from '../process/running.ts';
import type { Running, SpawnSpec, Spawned, StartControl } from '../process/running.ts';
import { holdsWithin } from '../process/holds-within.ts';

export interface NatsServerSpec extends StartControl {
  /** See `find-nats-server.ts`. */
  readonly binary: string;
  /** Must not set a log file: the server's output goes to `logFile`. */
  readonly configFile: string;
  readonly logFile: string;
  /** Listens on a random port instead of the configured one. */
  readonly apart?: boolean;
  /** Its configured port, if that is known: then it needs no file to tell it, and starts on a full disk too. */
  readonly port?: number;
  readonly readyTimeoutMs?: number;
  /** Variables that the configuration refers to. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface NatsServer extends Running {
  /** The URL for clients, as the server reports it. */
  readonly url: string;
  /** Makes the server read its configuration again. Resolves when it is in use, rejects when the server refuses it. */
  readonly reload: () => Promise<void>;
}

/** What is read of the server's file: its URLs for clients. */
const portsOfServer = z.object({ nats: z.array(z.string()).min(1) });
const DEFAULT_READY_MS = 10_000;
const RELOAD_MS = 5_000;
const CONNECT_MS = 1_000;

export async function startNatsServer(nats: NatsServerSpec): Promise<NatsServer> {
  const logFile = resolve(nats.logFile);
  await mkdir(dirname(logFile), { recursive: true });
  await removeDeadPortsFiles(dirname(logFile));
  const isKnown = nats.port !== undefined && nats.apart !== true;
  const spec: SpawnSpec = {
    name: 'nats-server',
    command: nats.binary,
    // The server writes a file with its ports once it listens, for every configuration, port -1 included.
    args: [
      '--config',
      resolve(nats.configFile),
      ...(isKnown ? [] : ['--ports_file_dir', dirname(logFile)]),
      ...(nats.apart === true ? ['--port', '-1'] : []),
    ],
    cwd: dirname(logFile),
    env: { PATH: process.env['PATH'], ...nats.variables },
    logFile,
    stopSignals: ['SIGINT'],
    signal: nats.signal,
    onSpawn: nats.onSpawn,
  };
  const running = await spawnRunning(spec);
  const portsFile = join(dirname(logFile), `${basename(nats.binary)}_${running.pid}.ports`);
  let url: string | undefined;
  const listens = async (): Promise<boolean> => {
    if (isKnown) {
      url = (await isListening(nats.port)) ? `nats://127.0.0.1:${nats.port}` : undefined;
      return url !== undefined;
    }
    // The server may still be writing it.
    const ports = await checkJsonFile(portsFile, portsOfServer);
    url = ports !== undefined && 'value' in ports ? ports.value.nats[0] : undefined;
    return url !== undefined;
  };
  await untilReady(running, spec, listens, nats.readyTimeoutMs ?? DEFAULT_READY_MS);
  if (url === undefined) throw new Error('nats-server is ready, but its URL is not known.');
  const { pid, exited, stop } = running;
  return { pid, exited, stop, url, reload: () => reload(running, logFile) };
}

/** Whether a nats-server answers on a port of this computer: it speaks first. */
function isListening(port: number): Promise<boolean> {
  return new Promise((answered) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_MS });
    const settle = (answers: boolean) => {
      socket.destroy();
      answered(answers);
    };
    socket.once('data', (bytes) => settle(bytes.toString().startsWith('INFO ')));
    socket.once('error', () => settle(false)).once('timeout', () => settle(false));
  });
}

/** Removes the ports files of servers that were killed. Others remove their file when they end. */
async function removeDeadPortsFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /_(\d+)\.ports$/.exec(name)?.[1];
    if (pid === undefined || (await processIdentity(Number(pid))) !== undefined) continue;
    await rm(join(directory, name), { force: true });
  }
}

/** The server reports the result of the signal only in its log. */
async function reload(running: Spawned, logFile: string): Promise<void> {
  if (running.hasExited()) throw new Error('nats-server is not running.');
  const offset = await logSize(logFile);
  sendSignal(running.pid, 'SIGHUP');
  let output = '';
  const answered = await holdsWithin(
    async () => {
      output = await logTail(logFile, offset);
      return running.hasExited() || /(Reloaded|Failed to reload) server configuration/.test(output);
    },
    { timeoutMs: RELOAD_MS },
  );
  if (output.includes('Reloaded server configuration')) return;
  const how = answered ? 'refused its new configuration' : `did not answer in ${RELOAD_MS} ms`;
  throw new Error(`nats-server ${how}. Its log ends:\n${output}`);
}

/** The broker mosquitto as a process of its own. It stores its sessions when it is stopped. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitFor } from '@plantops/testing';
import { connectAsync, type MqttClient } from 'mqtt';

/** Debian has it where only administrators look. */
const PATH = `${process.env['PATH']}:/usr/sbin`;
export const hasMosquitto = spawnSync('mosquitto', ['-h'], { env: { ...process.env, PATH } }).error === undefined;

export class Mosquitto {
  readonly #port: number;
  readonly #dir: string;
  readonly #clients: MqttClient[] = [];
  #process: ChildProcess | undefined;

  private constructor(port: number, dir: string) {
    this.#port = port;
    this.#dir = dir;
  }

  static async start(): Promise<Mosquitto> {
    const broker = new Mosquitto(await freePort(), await mkdtemp(join(tmpdir(), 'plantops-mosquitto-')));
    await broker.start();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  /** Starts it, again with the sessions that it had. */
  async start(): Promise<void> {
    const config = join(this.#dir, 'mosquitto.conf');
    const lines = [
      `listener ${this.#port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${this.#dir}/`,
      'max_queued_messages 0',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
    ];
    await writeFile(config, `${lines.join('\n')}\n`);
    this.#process = spawn('mosquitto', ['-c', config], { env: { ...process.env, PATH }, stdio: 'ignore' });
    const client = await waitFor('mosquitto', () => connectAsync(this.url, { reconnectPeriod: 0 }));
    await client.endAsync();
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** A client of the broker, as a device is. */
  async client(): Promise<MqttClient> {
    const client = await connectAsync(this.url, { reconnectPeriod: 100 });
    this.#clients.push(client);
    return client;
  }

  /** Ends it and its clients. */
  async end(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.endAsync(true)));
    await this.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }
}

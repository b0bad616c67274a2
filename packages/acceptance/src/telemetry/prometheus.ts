/** A Prometheus, if installed, that scrapes every service of a plant each second. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@plantops/fixtures';
import { freePort } from '@plantops/servers';

const run = promisify(execFile);
const UP_WITHIN_MS = 20_000;

/** Whether Prometheus and promtool are on the path. */
export const isPrometheusHere = async (): Promise<boolean> =>
  run('promtool', ['--version']).then(
    () => true,
    () => false,
  );

export class Prometheus {
  readonly #dir: string;
  readonly #url: string;
  readonly #process: ChildProcess;

  private constructor(dir: string, url: string, process: ChildProcess) {
    this.#dir = dir;
    this.#url = url;
    this.#process = process;
  }

  static async start(services: Readonly<Record<string, string>>): Promise<Prometheus> {
    const dir = await mkdtemp(join(tmpdir(), 'plantops-prometheus-'));
    const targets = Object.entries(services).map(([service, url]) => ({
      targets: [new URL(url).host],
      labels: { service },
    }));
    const config = {
      global: { scrape_interval: '1s' },
      scrape_configs: [{ job_name: 'plantops', static_configs: targets }],
    };
    // JSON is valid YAML.
    await writeFile(join(dir, 'prometheus.yml'), JSON.stringify(config));
    const address = `127.0.0.1:${await freePort()}`;
    const args = [
      `--config.file=${dir}/prometheus.yml`,
      `--storage.tsdb.path=${dir}/data`,
      `--web.listen-address=${address}`,
    ];
    const prometheus = new Prometheus(dir, `http://${address}`, spawn('prometheus', args, { stdio: 'ignore' }));
    const up = () =>
      prometheus.query('count(up == 1)').then(
        ([first]) => Number(first) === targets.length,
        () => false,
      );
    await waitFor('every service to be scraped', up, UP_WITHIN_MS);
    return prometheus;
  }

  /** The present values of a query. */
  async query(expression: string): Promise<string[]> {
    const response = await fetch(`${this.#url}/api/v1/query?query=${encodeURIComponent(expression)}`);
    const { status, error, data } = (await response.json()) as {
      status: string;
      error?: string;
      data: { result: { value: [number, string] }[] };
    };
    if (status !== 'success') throw new Error(`${expression}: ${error}`);
    return data.result.map(({ value }) => value[1]);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await gone;
    await rm(this.#dir, { recursive: true, force: true });
  }
}

/** Checks a configuration, rules or metrics with promtool. Returns its complaints. */
export async function promtool(
  what: 'config' | 'rules' | 'metrics',
  input: { file: string } | { text: string },
): Promise<string> {
  const checking = run('promtool', ['check', what, ...('file' in input ? [input.file] : [])]);
  if ('text' in input) checking.child.stdin?.end(input.text);
  return checking.then(
    ({ stderr }) => stderr,
    (failed: { stdout: string; stderr: string }) => `${failed.stdout}${failed.stderr}`,
  );
}

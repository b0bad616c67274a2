/** Finds a nats-server, or downloads one into the plant's own directory. Nothing is installed on the system. */
import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { messageOf } from '../process/error-code.ts';
import { runCommand, succeeds } from '../process/run-command.ts';

const PROGRAM = 'nats-server';
const DOWNLOAD_MS = 120_000;

/** The release for systems without Debian's package. */
const RELEASE = '2.12.15';
const RELEASE_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

interface Source {
  readonly label: string;
  /** Puts nats-server at the target, or throws when this source does not work on this computer. */
  readonly fetchTo: (target: string, workDir: string, env: NodeJS.ProcessEnv) => Promise<void>;
}

/** Returns the path of a nats-server that runs on this computer. Throws an error that says what to install. */
export async function findNatsServer(binDir: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const chosen = env['PLANTOPS_NATS_SERVER'];
  if (chosen !== undefined && chosen !== '') {
    if (await works(chosen)) return chosen;
    throw new Error(`PLANTOPS_NATS_SERVER is ${chosen}, which is not a nats-server that runs here.`);
  }
  const target = join(binDir, PROGRAM);
  for (const candidate of [...onPath(env), target]) {
    if (await works(candidate)) return candidate;
  }
  return await install(target, binDir, env);
}

const SOURCES: readonly Source[] = [
  { label: 'the Debian package', fetchTo: fetchFromDebian },
  { label: 'the official release', fetchTo: fetchFromRelease },
];

async function install(target: string, binDir: string, env: NodeJS.ProcessEnv): Promise<string> {
  await mkdir(binDir, { recursive: true });
  const refusals: string[] = [];
  for (const { label, fetchTo } of SOURCES) {
    const workDir = await mkdtemp(join(binDir, 'download-'));
    try {
      await fetchTo(target, workDir, env);
      if (await works(target)) return target;
      refusals.push(`${label}: the downloaded program does not run here`);
    } catch (error) {
      refusals.push(`${label}: ${messageOf(error)}`);
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  }
  throw new Error(
    'No nats-server was found on this computer, and none could be downloaded. Install one on PATH ' +
      '(Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server), ' +
      'set PLANTOPS_NATS_SERVER to its path, ' +
      `or set PLANTOPS_NATS_URL to a server of yours.\n${refusals.join('\n')}`,
  );
}

/** Downloads and unpacks the package of Debian and Ubuntu without installing it, so root is not needed. */
async function fetchFromDebian(target: string, workDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const download = (options: readonly string[]): Promise<string> =>
    runCommand('apt-get', [...options, 'download', PROGRAM], { cwd: workDir, env, timeoutMs: DOWNLOAD_MS });
  // By default apt downloads as another user, who may not be able to write to this directory.
  const asMe = ['-q', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=1'];
  try {
    await download(asMe);
  } catch {
    // The package lists of this computer may be missing or outdated, so update lists in the plant's own directory.
    const own = [...asMe, ...(await ownLists(workDir))];
    // The update fails when one of several sources fails. Only the download shows whether the package is available.
    await succeeds('apt-get', [...own, 'update'], { cwd: workDir, env, timeoutMs: DOWNLOAD_MS });
    await download(own);
  }
  const archive = (await readdir(workDir)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get downloaded nothing');
  await runCommand('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: workDir, env });
  await rename(await programBelow(join(workDir, 'unpacked')), target);
}

async function ownLists(workDir: string): Promise<readonly string[]> {
  const lists = join(workDir, 'lists');
  const cache = join(workDir, 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  return ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'Acquire::Languages=none'];
}

/** Downloads the project's release and checks it against the checksums that are published with it. */
async function fetchFromRelease(target: string, workDir: string): Promise<void> {
  const architecture = RELEASE_ARCHITECTURES[process.arch];
  if (architecture === undefined || !['linux', 'darwin'].includes(process.platform)) {
    throw new Error(`there is no release for ${process.platform} ${process.arch}`);
  }
  const base = `https://github.com/nats-io/nats-server/releases/download/v${RELEASE}`;
  const name = `${PROGRAM}-v${RELEASE}-${process.platform}-${architecture}`;
  const archive = `${name}.tar.gz`;
  const [checksums, content] = await Promise.all([fetchBytes(`${base}/SHA256SUMS`), fetchBytes(`${base}/${archive}`)]);
  const digest = createHash('sha256').update(content).digest('hex');
  // A line is "<digest>  <file>", with a star before the file in binary mode.
  const lines = checksums
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/));
  if (!lines.some(([sum, file]) => sum === digest && file === archive))
    throw new Error(`${archive} fails its checksum`);
  await writeFile(join(workDir, archive), content);
  await runCommand('tar', ['-xzf', archive], { cwd: workDir });
  const program = join(workDir, name, PROGRAM);
  await chmod(program, 0o755);
  await rename(program, target);
}

async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function onPath(env: NodeJS.ProcessEnv): readonly string[] {
  const directories = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  return directories.map((directory) => join(directory, PROGRAM));
}

async function programBelow(directory: string): Promise<string> {
  for (const bin of ['usr/sbin', 'usr/bin']) {
    const candidate = join(directory, bin, PROGRAM);
    if (await isExecutable(candidate)) return candidate;
  }
  throw new Error(`the package holds no ${PROGRAM}`);
}

async function works(program: string): Promise<boolean> {
  return (await isExecutable(program)) && (await succeeds(program, ['--version'], { timeoutMs: 10_000 }));
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

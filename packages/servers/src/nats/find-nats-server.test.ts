import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findNatsServer } from './find-nats-server.ts';

const SERVER = '#!/bin/sh\necho "nats-server: v0.0.0"\n';

async function program(file: string, script: string): Promise<string> {
  await writeFile(file, script, { mode: 0o755 });
  return file;
}

describe('findNatsServer', () => {
  let dir: string;
  let bin: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'find-nats-server-'));
    bin = join(dir, 'bin');
    path = join(dir, 'path');
    await mkdir(path);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(dir, { recursive: true, force: true });
  });

  /**
   * A fake apt-get that has the package only after an update into a separate directory of lists, and a fake dpkg-deb.
   */
  async function debianWithoutLists(): Promise<void> {
    await program(
      join(path, 'apt-get'),
      `#!/bin/sh
for word in "$@"; do case "$word" in Dir::State::lists=*) lists=\${word#*=};; esac; done
case " $* " in
  *" update "*) echo fresh > "$lists/packages"; exit 100;;
  *) [ -n "$lists" ] && [ -f "$lists/packages" ] || { echo "E: Unable to locate package" >&2; exit 100; }
     echo archive > nats-server_1_all.deb;;
esac
`,
    );
    await program(
      join(path, 'dpkg-deb'),
      `#!/bin/sh
/bin/mkdir -p "$3/usr/sbin" && printf '#!/bin/sh\\nexit 0\\n' > "$3/usr/sbin/nats-server" && /bin/chmod 755 "$3/usr/sbin/nats-server"
`,
    );
  }

  /** Replaces the download of the release. */
  function releaseWith(checksum: (digest: string) => string): void {
    let packed: Promise<Buffer> | undefined;
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
      const url = input instanceof Request ? input.url : input.toString();
      const version = /v[\d.]+/.exec(url)?.[0];
      const folder = `nats-server-${version}-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
      packed ??= pack(folder);
      const content = await packed;
      if (!url.endsWith('SHA256SUMS')) return new Response(new Uint8Array(content));
      return new Response(`${checksum(createHash('sha256').update(content).digest('hex'))}  ${folder}.tar.gz\n`);
    });
  }

  async function pack(folder: string): Promise<Buffer> {
    await mkdir(join(dir, folder));
    await program(join(dir, folder, 'nats-server'), SERVER);
    return execFileSync('tar', ['-czf', '-', '-C', dir, folder]);
  }

  test('the program in PLANTOPS_NATS_SERVER is used before any other', async () => {
    const chosen = await program(join(dir, 'chosen'), SERVER);
    await program(join(path, 'nats-server'), SERVER);
    expect(await findNatsServer(bin, { PATH: path, PLANTOPS_NATS_SERVER: chosen })).toBe(chosen);
  });

  test('when the program in PLANTOPS_NATS_SERVER does not exist, an error says so and no other is used', async () => {
    await program(join(path, 'nats-server'), SERVER);
    const find = findNatsServer(bin, { PATH: path, PLANTOPS_NATS_SERVER: join(dir, 'missing') });
    await expect(find).rejects.toThrow('PLANTOPS_NATS_SERVER');
  });

  test('the program on PATH is used before the one that was downloaded earlier', async () => {
    await mkdir(bin);
    const earlier = await program(join(bin, 'nats-server'), SERVER);
    expect(await findNatsServer(bin, { PATH: path })).toBe(earlier);
    const installed = await program(join(path, 'nats-server'), SERVER);
    expect(await findNatsServer(bin, { PATH: path })).toBe(installed);
  });

  test('on a computer without package lists, Debian’s package is downloaded and only the program is kept', async () => {
    await debianWithoutLists();
    expect(await findNatsServer(bin, { PATH: path })).toBe(join(bin, 'nats-server'));
    expect(await readdir(bin)).toEqual(['nats-server']);
  });

  test('without a Debian package, the official release is downloaded', async () => {
    releaseWith((digest) => digest);
    expect(await findNatsServer(bin, { PATH: path })).toBe(join(bin, 'nats-server'));
    expect(await readdir(bin)).toEqual(['nats-server']);
  });

  test('a release with a wrong checksum is never run, and the error says what to install', async () => {
    releaseWith(() => '0'.repeat(64));
    const find = findNatsServer(bin, { PATH: path });
    await expect(find).rejects.toThrow(/apt-get install nats-server[\s\S]*fails its checksum/);
    expect(await readdir(bin)).toEqual([]);
  });
});

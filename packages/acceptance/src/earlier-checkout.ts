/** An earlier commit of this repository, ready to run: its own code on the packages that are installed here. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@plantops/plant';

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;

/** The commit that is wanted, or undefined when the history is not at hand (a copy without git, or a shallow clone). */
export const earlierCommit = async (wanted: string): Promise<string | undefined> => {
  try {
    return (await run('git', ['rev-parse', '--verify', '--quiet', `${wanted}^{commit}`], { cwd: ROOT })).stdout.trim();
  } catch {
    return undefined;
  }
};

export class EarlierCheckout {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async of(commit: string): Promise<EarlierCheckout> {
    const root = await mkdtemp(join(tmpdir(), 'plantops-earlier-'));
    const archive = join(root, 'archive.tar');
    await run('git', ['archive', '--output', archive, commit], { cwd: ROOT, maxBuffer: MOST_BYTES });
    await run('tar', ['-xf', archive, '-C', root]);
    await rm(archive);
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    for (const folder of ['packages', 'services'])
      for (const name of await readdir(join(root, folder))) {
        // Links only, and relative: workspace packages lead to the earlier ones, all others to what is installed here.
        const modules = join(folder, name, 'node_modules');
        await cp(join(ROOT, modules), join(root, modules), { recursive: true, verbatimSymlinks: true });
      }
    return new EarlierCheckout(root);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

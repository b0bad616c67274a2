/** An earlier commit of this repository, ready to run: its own code with the packages that are installed here. */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@plantops/plant';

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;

/** The commit, or undefined when the history does not contain it (no git repository, or a shallow clone). */
export async function earlierCommit(wanted: string): Promise<string | undefined> {
  try {
    return (await run('git', ['rev-parse', '--verify', '--quiet', `${wanted}^{commit}`], { cwd: ROOT })).stdout.trim();
  } catch {
    return undefined;
  }
}

type Manifest = { readonly dependencies?: Record<string, string>; readonly devDependencies?: Record<string, string> };

/**
 * Links the dependencies of an earlier package: workspace packages to the earlier ones, all others to the installed
 * ones.
 */
async function linkDependencies(root: string, project: string): Promise<void> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(join(root, project, 'package.json'), 'utf8'),
  ) as Manifest;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const link = join(root, project, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(
      version.startsWith('workspace:') ? await workspaceFolder(root, name) : installedFolder(project, name),
      link,
    );
  }
}

async function workspaceFolder(root: string, name: string): Promise<string> {
  const folder = name.replace('@plantops/', '');
  return join(root, (await readdir(join(root, 'services'))).includes(folder) ? 'services' : 'packages', folder);
}

/** The folder of an installed dependency: in the same package, else where pnpm keeps one version for all packages. */
function installedFolder(project: string, name: string): string {
  const own = join(ROOT, project, 'node_modules', name);
  return existsSync(own) ? realpathSync(own) : join(ROOT, 'node_modules/.pnpm/node_modules', name);
}

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
      for (const name of await readdir(join(root, folder))) await linkDependencies(root, join(folder, name));
    return new EarlierCheckout(root);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

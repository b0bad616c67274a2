/** Runs a command and returns its output. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEFAULT_TIMEOUT_MS = 30_000;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly timeoutMs?: number;
}

/** Rejects with the command's error output when it fails or takes too long. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, ...rest } = options;
  try {
    const { stdout } = await run(command, args, {
      ...rest,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      encoding: 'utf8',
    });
    return stdout.trim();
  } catch (error) {
    const { stderr, killed, message } = error as Error & { stderr?: string; killed?: boolean };
    const why = killed === true ? `it took longer than ${timeoutMs} ms` : (stderr ?? '').trim() || message;
    throw new Error(`${command} failed: ${why}`, { cause: error });
  }
}

export async function succeeds(command: string, args: readonly string[], options?: CommandOptions): Promise<boolean> {
  return await runCommand(command, args, options).then(
    () => true,
    () => false,
  );
}

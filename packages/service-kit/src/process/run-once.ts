/** The exit code that shells use for a command that SIGTERM ended. */
const INTERRUPTED = 143;

/** Runs a command: reads its configuration and does its work. Exit code 0, or 1 with the error on standard error. */
export async function runOnce<C>(
  readConfig: (env: NodeJS.ProcessEnv) => C,
  work: (config: C, say: (line: string) => void) => Promise<void>,
): Promise<void> {
  // The first process of a container ignores SIGTERM unless it handles it.
  process.once('SIGTERM', () => process.exit(INTERRUPTED));
  try {
    await work(readConfig(process.env), (line) => void process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

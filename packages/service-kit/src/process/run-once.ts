/** What a shell says of a command that SIGTERM ended: it was not done. */
const INTERRUPTED = 143;

/** The life of a command: configuration, its work, and the end: code 0 when it could do it, else 1 with the reason in words. */
export const runOnce = async <C>(
  readConfig: (env: NodeJS.ProcessEnv) => C,
  work: (config: C, say: (line: string) => void) => Promise<void>,
): Promise<void> => {
  // Whoever runs commands in a container stops them by SIGTERM too, which the first process of one is deaf to by itself.
  process.once('SIGTERM', () => process.exit(INTERRUPTED));
  try {
    await work(readConfig(process.env), (line) => void process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
};

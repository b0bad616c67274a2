import { spawn } from 'node:child_process';
import type { Logger } from './logger.ts';

/**
 * Longer than any turn that works, shorter than people wait. The process is killed after two such intervals in a row:
 * after one, the computer may only have slept.
 */
const SILENT_S = 8;
const BEATS_PER_INTERVAL = 8;

/**
 * Reads one line a second from its parent, and kills the parent when two reads in a row time out. It exits when the
 * parent ends (the read ends without a line). Code in the process itself cannot do this: a turn that never ends blocks
 * timers and signal handlers.
 */
const WATCH = `
missed=0
while :; do
  read -r -t "$1" beat; outcome=$?
  if [ $outcome -eq 0 ]; then missed=0
  elif [ $outcome -le 128 ]; then exit
  elif [ $((missed += 1)) -eq 2 ]; then echo "$2"; kill -KILL "$PPID"; exit
  fi
done`;

/**
 * Ends this process by SIGKILL when its event loop has stood still for twice `silentS` seconds. The supervisor starts
 * it again, and meanwhile NATS gives its requests to the other copies. Returns a function that stops the watchdog.
 */
export function watchdog(service: string, logger: Pick<Logger, 'warn'>, silentS = SILENT_S): () => void {
  const lastWords = JSON.stringify({ level: 'fatal', service, msg: 'the event loop stood still: ended' });
  // Its input is a socket, so bash believes that it serves rshd, and would run the user's .bashrc.
  const watcher = spawn('bash', ['--norc', '-c', WATCH, 'watchdog', String(silentS), lastWords], {
    stdio: ['pipe', 'inherit', 'ignore'],
  });
  watcher.once('error', (error) =>
    logger.warn({ err: error }, 'the watchdog could not be started: nothing ends this process when it hangs'),
  );
  // Writing fails when the watcher has ended. `error` above already reported why.
  watcher.stdin.on('error', () => undefined);
  const beating = setInterval(() => watcher.stdin.write('\n'), (silentS / BEATS_PER_INTERVAL) * 1_000);
  for (const open of [beating, watcher]) open.unref();
  return () => {
    clearInterval(beating);
    watcher.stdin.end();
  };
}

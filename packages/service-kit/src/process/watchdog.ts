import { spawn } from 'node:child_process';
import type { Logger } from './logger.ts';

/** Longer than any turn that does its work, shorter than people wait. Two such spans in a row, so that a machine that slept is not at fault. */
const SILENT_S = 8;
const BEATS_PER_SPAN = 8;

/**
 * Hears a line a second from its parent and kills it when none has come twice in a row. A read that ends without a line is the parent's end.
 * What runs in the process cannot do this: a turn that never ends lets nothing else have its own, and hears no signal.
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
 * Ends this process by SIGKILL when its event loop has stood still for twice `silentS` seconds; whoever runs it starts it again, and its
 * queue group gives its share to the other copies at once. Returns how to stop watching.
 */
export const watchdog = (service: string, logger: Pick<Logger, 'warn'>, silentS = SILENT_S): (() => void) => {
  const lastWords = JSON.stringify({ level: 'fatal', service, msg: 'the event loop stood still: ended' });
  const watcher = spawn('bash', ['-c', WATCH, 'watchdog', String(silentS), lastWords], { stdio: ['pipe', 'inherit', 'ignore'] });
  watcher.once('error', (error) => logger.warn({ err: error }, 'nobody ends this process when it hangs'));
  // It is gone when its process is: there is nobody to tell.
  watcher.stdin.on('error', () => undefined);
  const beating = setInterval(() => watcher.stdin.write('\n'), (silentS / BEATS_PER_SPAN) * 1_000);
  for (const open of [beating, watcher]) open.unref();
  return () => {
    clearInterval(beating);
    watcher.stdin.end();
  };
};

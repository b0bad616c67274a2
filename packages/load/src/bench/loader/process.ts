/** The process that makes the load, so that it shares no event loop with what is measured. It ends with the bench. */
import type { Answer, Job } from './jobs.ts';
import { publish } from './publish.ts';
import { sendRequests } from './send-requests.ts';

process.once('disconnect', () => process.exit());
process.on('message', (job: Job) => {
  const answer = (message: Answer) => process.send?.(message);
  (job.kind === 'requests' ? sendRequests(job) : publish(job)).then(
    (done) => answer({ done }),
    (error: unknown) => answer({ error: String(error) }),
  );
});

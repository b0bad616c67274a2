/** Answers a service's operations by request-reply. The NATS service protocol lists them. */
import { Problem, problems, type ServiceName } from '@plantops/contracts';
import { headers as createHeaders, type ServiceMsg } from 'nats';
import type { Connection } from '../connection.ts';
import { within } from '../process/lifetime.ts';
import { fromHeaders, type Call } from './call.ts';
import type { Outcome } from './middleware/handler.ts';
import { pipeline, type Answer } from './serve.ts';
import { serveWhile, type Needs } from './serve-while.ts';
import { traceIdOf } from './trace.ts';

/** Below NATS' max_payload, with room for headers. */
const MOST_ANSWER_BYTES = 1_000_000;
const STOP_DEADLINE_MS = 15_000;

/**
 * Answers the operations; copies of the service share the requests. While `needs` is not there, this copy leaves the
 * queue group, so that the other copies get the requests. Returns a function that stops it after the current requests.
 */
export async function serveOperations(
  connection: Connection,
  service: ServiceName,
  answers: readonly Answer[],
  needs?: Needs,
): Promise<() => Promise<void>> {
  const inHand = new Set<Promise<void>>();
  const track = (work: Promise<void>): void => {
    const tracked = work
      .catch((error: unknown) => connection.logger.error({ err: error }, 'an answer could not be sent'))
      .finally(() => inHand.delete(tracked));
    inHand.add(tracked);
  };
  const stop = await serveWhile(needs, () => register(connection, service, answers, track), connection.logger);
  return async () => {
    await stop();
    await within(STOP_DEADLINE_MS, 'current requests', () => Promise.all(inHand));
  };
}

async function register(
  { nats, logger }: Connection,
  service: ServiceName,
  answers: readonly Answer[],
  track: (work: Promise<void>) => void,
): Promise<() => Promise<void>> {
  const registered = await nats.services.add({
    name: service,
    version: '0.1.0',
    description: `PlantOps ${service}`,
    queue: service,
  });
  const run = pipeline(logger);
  for (const { operation, handler } of answers) {
    const inPipeline = run(handler);
    const respond = async (message: ServiceMsg) => {
      const { call, fault } = fromHeaders(message.headers);
      const outcome: Outcome =
        fault === undefined
          ? await inPipeline({ operation, call, body: message.string() })
          : { ok: false, problem: fault };
      sendOutcome(message, outcome, call);
    };
    // The services API neither awaits handlers nor catches their rejections; `track` and the pipeline do.
    registered.addEndpoint(operation.name, {
      subject: operation.subject,
      queue: service,
      handler: (error, message) => (error ? undefined : track(respond(message))),
    });
  }
  return async () => void (await registered.stop());
}

/** Sends the outcome. An answer that is too large for a message becomes a problem. */
function sendOutcome(message: ServiceMsg, outcome: Outcome, call: Call): void {
  if (outcome.ok && Buffer.byteLength(outcome.reply.body) <= MOST_ANSWER_BYTES) {
    const { body, version, isReplayed = false } = outcome.reply;
    message.respond(body, version === undefined && !isReplayed ? {} : { headers: headersOf(version, isReplayed) });
    return;
  }
  const problem = outcome.ok
    ? new Problem('internal', 'the answer is larger than 1 MB: ask for a shorter window or a smaller page')
    : outcome.problem;
  const document = problem.toDocument(traceIdOf(call.traceparent));
  message.respondError(
    problems[document.code].status,
    document.code,
    new TextEncoder().encode(JSON.stringify(document)),
  );
}

function headersOf(version: number | undefined, isReplayed: boolean) {
  const headers = createHeaders();
  if (version !== undefined) headers.set('po-version', String(version));
  if (isReplayed) headers.set('po-replayed', 'true');
  return headers;
}

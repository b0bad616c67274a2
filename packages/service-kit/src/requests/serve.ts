import { createHash } from 'node:crypto';
import { isReplayed, JsonText, parseInput, Problem, type Operation } from '@plantops/contracts';
import type { z } from 'zod';
import type { Call } from './call.ts';
import { traceIdOf } from './trace.ts';
import type { Logger } from '../process/logger.ts';
import { keepDeadline } from './middleware/keep-deadline.ts';
import { limitInFlight } from './middleware/limit-in-flight.ts';
import { requireRole } from './middleware/require-role.ts';
import { observeRequests } from '../telemetry/observe-requests.ts';
import { wrapped, type Handler, type Outcome, type Reply, type Request } from './middleware/handler.ts';

/** An operation and the use case that answers it. */
export type Answer = { readonly operation: Operation; readonly handler: Handler };

/** Binds a use case to its contract: the contract's schema reads the input, the output is sent as JSON. */
export const answer = <I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  useCase: (input: z.infer<I>, call: Call) => Promise<z.infer<O> | JsonText<z.infer<O>>>,
): Answer => ({
  operation,
  handler: async ({ body, call }) => {
    const input = parseInput(operation.input, parseJson(body));
    const output: unknown = await useCase(
      input,
      call.idempotencyKey === undefined ? call : { ...call, fingerprint: fingerprintOf(operation, input, call) },
    );
    return isReplayed(output) ? { ...replyOf(output), isReplayed: true } : replyOf(output);
  },
});

function replyOf(output: unknown): Reply {
  if (output instanceof JsonText) return asReply(output.text, output.version);
  return asReply(JSON.stringify(output), versionOf(output));
}

function asReply(body: string, version: number | undefined): Reply {
  return version === undefined ? { body } : { body, version };
}

function versionOf(output: unknown): number | undefined {
  return typeof output === 'object' && output !== null && 'version' in output ? Number(output.version) : undefined;
}

/** Hashes the input as the contract reads it, so the order of fields and explicit defaults make no difference. */
const fingerprintOf = ({ subject }: Operation, input: unknown, { expectedVersion }: Call): string =>
  createHash('sha256')
    .update(`${subject} ${expectedVersion ?? ''} ${JSON.stringify(input)}`)
    .digest('hex');

function parseJson(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new Problem('malformed_json', 'the body is not JSON');
  }
}

/**
 * Returns a function that wraps the handler of an operation: role, limit of requests, deadline, errors and telemetry.
 * The limit is shared by all handlers that it wraps. The result never rejects.
 */
export function pipeline(
  logger: Logger,
  limits = { running: 64, waiting: 128 },
): (handler: Handler) => (request: Request) => Promise<Outcome> {
  const observed = observeRequests();
  const middlewares = [requireRole, limitInFlight(limits), keepDeadline];
  return (handler) => {
    const whole = wrapped(handler, middlewares);
    return observed(async (request) => {
      try {
        return { ok: true, reply: await whole(request) };
      } catch (error) {
        if (error instanceof Problem) return { ok: false, problem: error };
        logger.error(
          { err: error, operation: request.operation.subject, trace_id: traceIdOf(request.call.traceparent) },
          'an operation failed',
        );
        return {
          ok: false,
          problem: new Problem('internal', 'an unexpected error; quote the trace_id when you report it'),
        };
      }
    });
  };
}

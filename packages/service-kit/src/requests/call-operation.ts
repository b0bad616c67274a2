/** Calls operations of other services by request-reply. */
import { Problem, problems, type Operation, type ProblemDocument } from '@plantops/contracts';
import { ErrorCode, NatsError, type Msg } from 'nats';
import type { z } from 'zod';
import type { Connection } from '../connection.ts';
import { inSpan, SpanKind } from '../telemetry/spans.ts';
import { toHeaders, type Call } from './call.ts';

const NO_RESPONDERS_WAITS_MS = [50, 150, 400];

/**
 * Calls an operation and returns its output. Throws the Problem that the service answers, `service_unavailable` when no
 * process serves the operation, and `outcome_unknown` when no answer comes before the deadline.
 */
export async function callOperation<I extends z.ZodType, O extends z.ZodType>(
  connection: Connection,
  operation: Operation<I, O>,
  input: z.input<I>,
  call: Call,
): Promise<z.infer<O>> {
  const { body } = await callRaw(connection, operation, JSON.stringify(input), call);
  return JSON.parse(decode(body)) as z.infer<O>;
}

/**
 * An answer as it was received: JSON text in UTF-8, the version of the row, if it is one, and whether it was given
 * before, for the same Idempotency-Key.
 */
export type RawAnswer = {
  readonly body: Uint8Array;
  readonly version?: string | undefined;
  readonly isReplayed?: boolean | undefined;
};

const utf8 = new TextDecoder();
export function decode(body: Uint8Array): string {
  return utf8.decode(body);
}

/** Like `callOperation`, with JSON in and out, for a caller that only forwards it. */
export async function callRaw(
  connection: Connection,
  operation: Operation,
  body: string,
  call: Call,
): Promise<RawAnswer> {
  const about = { name: operation.subject, kind: SpanKind.CLIENT };
  const message = await inSpan(about, call.traceparent, (traceparent) =>
    request(connection, operation, body, { ...call, traceparent }),
  );
  if ((message.headers?.get('Nats-Service-Error-Code') ?? '') === '')
    return {
      body: message.data,
      version: message.headers?.get('po-version') || undefined,
      isReplayed: message.headers?.get('po-replayed') === 'true',
    };
  const problem = message.json<ProblemDocument>();
  // A newer service may know problems that this process does not.
  throw new Problem(problem.code in problems ? problem.code : 'internal', problem.detail, problem.errors);
}

async function request(connection: Connection, operation: Operation, body: string, call: Call): Promise<Msg> {
  const { nats, logger } = connection;
  for (let attempt = 0; ; attempt += 1) {
    const left = call.deadline - Date.now();
    if (left <= 0) throw new Problem('outcome_unknown', `${operation.service} did not answer in time`);
    try {
      const answer = nats.request(operation.subject, body, { timeout: left, headers: toHeaders(call) });
      const message = operation.writes ? await answer : await answerUnlessLost(connection, answer);
      if (message !== undefined) return message;
    } catch (error) {
      const isNobodyThere = error instanceof NatsError && error.code === ErrorCode.NoResponders;
      const pause = NO_RESPONDERS_WAITS_MS[attempt];
      if (!isNobodyThere) {
        logger.warn({ err: error, operation: operation.subject }, 'no answer');
        throw problemOf(operation, error);
      }
      // The operation certainly did not run, so trying again is safe even for a command.
      if (pause === undefined || pause >= left)
        throw new Problem('service_unavailable', `${operation.service} cannot be reached: try again in a few seconds`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * The answer; undefined when the connection was lost and is back, and the answer may be lost with it. Then a read is
 * asked again.
 */
async function answerUnlessLost(connection: Connection, answer: Promise<Msg>): Promise<Msg | undefined> {
  let forget = () => {};
  const back = new Promise<undefined>((resolve) => {
    forget = connection.onReconnect(() => resolve(undefined));
  });
  try {
    return await Promise.race([answer, back]);
  } finally {
    forget();
  }
}

function problemOf(operation: Operation, error: unknown): Problem {
  if (error instanceof NatsError && error.code === 'MAX_PAYLOAD_EXCEEDED')
    return new Problem('body_too_large', 'the request is larger than 1 MB');
  const remedy = operation.writes ? 'check whether the change happened before you send it again' : 'try again';
  return new Problem('outcome_unknown', `${operation.service} did not answer in time: ${remedy}`);
}

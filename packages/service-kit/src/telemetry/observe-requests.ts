import { metrics } from '@opentelemetry/api';
import type { Outcome, Request } from '../requests/middleware/handler.ts';

import { failSpan, inSpan, SpanKind } from './spans.ts';

type Answering = (request: Request) => Promise<Outcome>;

/** Records duration and outcome of each request, by operation, and a span under the caller's. */
export function observeRequests(): (answer: Answering) => Answering {
  const duration = metrics.getMeter('plantops').createHistogram('rpc.server.call.duration', {
    unit: 's',
    description: 'Requests answered: rate, errors and duration, by operation',
  });
  return (answer) => (request) => {
    const { operation, call } = request;
    const about = {
      name: `${operation.service}.${operation.name}`,
      kind: SpanKind.SERVER,
      attributes: { 'rpc.method': operation.subject },
    };
    return inSpan(about, call.traceparent, async (traceparent, span) => {
      const began = performance.now();
      const outcome = await answer({ ...request, call: { ...call, traceparent } });
      if (!outcome.ok) failSpan(span, outcome.problem);
      duration.record((performance.now() - began) / 1000, {
        'rpc.method': about.name,
        ...(outcome.ok ? {} : { 'error.type': outcome.problem.code }),
      });
      return outcome;
    });
  };
}

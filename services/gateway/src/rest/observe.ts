import { metrics } from '@opentelemetry/api';
import { failSpan, SpanKind, startSpan, traceparentOfSpan, traceparentOf } from '@plantops/service-kit';
import type { RequestHandler } from 'express';

/**
 * Records each request by route: its duration, its result, and the span for all work done for it. The route is known
 * once a handler matched; requests without a route are counted together.
 */
export const observe = (): RequestHandler => {
  const duration = metrics.getMeter('plantops').createHistogram('http.server.request.duration', {
    unit: 's',
    description: 'REST requests: rate, errors and duration, by route',
  });
  return (request, response, next) => {
    const received = request.get('traceparent');
    const caller = received === undefined ? undefined : traceparentOf(received);
    const span = startSpan(
      { name: request.method, kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method } },
      caller,
    );
    response.locals['traceparent'] = traceparentOfSpan(span, caller);
    const began = performance.now();
    response.once('close', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path;
      const labels = {
        'http.request.method': request.method,
        'http.route': typeof route === 'string' ? route : 'none',
        'http.response.status_code': response.statusCode,
      };
      duration.record((performance.now() - began) / 1000, labels);
      span.updateName(`${request.method} ${labels['http.route']}`);
      span.setAttributes(labels);
      if (response.statusCode >= 500) failSpan(span, `answered ${response.statusCode}`);
      span.end();
    });
    next();
  };
};

/**
 * Traces and metrics (OpenTelemetry), when the settings turn them on. Otherwise the SDK is not even loaded, and the API
 * that services call does nothing.
 */
import { context, metrics, trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OfService } from './of-service.ts';

export type TelemetrySettings = {
  readonly PLANTOPS_METRICS?: 'on' | 'off' | undefined;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG?: number | undefined;
};
export type Telemetry = {
  /** Answers a scrape of Prometheus; undefined where metrics are off. */
  readonly scrape: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly stop: () => Promise<void>;
};

/** Requests take a few milliseconds, a chunk of messages takes up to seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Further series of one metric are counted together. */
const MOST_SERIES = 2_000;
const SENT_WITHIN_MS = 5_000;

const meters = new OfService<MeterProvider>();
const tracers = new OfService<TracerProvider>();

/** Starts the traces and metrics of a service of this process, under its name. */
export async function startTelemetry(service: string, settings: TelemetrySettings): Promise<Telemetry> {
  const stops: (() => Promise<void>)[] = [];
  const scrape = settings.PLANTOPS_METRICS === 'on' ? await startMetrics(service, stops) : undefined;
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined)
    await startTraces(service, settings.OTEL_TRACES_SAMPLER_ARG ?? 1, stops);
  return { scrape, stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

async function startMetrics(service: string, stops: (() => Promise<void>)[]): Promise<Telemetry['scrape']> {
  const [{ MeterProvider, AggregationType, InstrumentType }, { PrometheusExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/exporter-prometheus'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [exporter],
    views: [
      {
        instrumentType: InstrumentType.HISTOGRAM,
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: SECONDS } },
        aggregationCardinalityLimit: MOST_SERIES,
      },
    ],
  });
  meters.set(service, provider);
  // The first one stays: OpenTelemetry refuses to replace it.
  metrics.setGlobalMeterProvider({ getMeter: (...about) => meters.get().getMeter(...about) });
  stops.push(() => provider.shutdown());
  return (request, response) => exporter.getMetricsRequestHandler(request, response);
}

/** The exporter itself reads the address of the collector from OpenTelemetry's variables. */
async function startTraces(service: string, share: number, stops: (() => Promise<void>)[]): Promise<void> {
  const [sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
    ]);
  // Any client may set the sampled flag of its request. So at the gateway only the share decides, by the trace's id.
  const kept = new sdk.TraceIdRatioBasedSampler(share);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new sdk.ParentBasedSampler({
      root: kept,
      ...(service === 'gateway' ? { remoteParentSampled: kept, remoteParentNotSampled: kept } : {}),
    }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ timeoutMillis: SENT_WITHIN_MS }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  tracers.set(service, provider);
  trace.setGlobalTracerProvider({ getTracer: (...about) => tracers.get().getTracer(...about) });
  stops.push(() => provider.shutdown());
}

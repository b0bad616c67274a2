/** Telemetry of a plant: one request is one trace through all services, and each service serves metrics. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { Collector, type Span } from './telemetry/collector.ts';
import { isPrometheusHere, Prometheus, promtool } from './telemetry/prometheus.ts';
import { PlantUnderTest } from '@plantops/testing/plant';
import { ROOT } from '@plantops/plant';

const OBSERVABILITY = join(ROOT, 'deploy/observability');
const hasPrometheus = await isPrometheusHere();
if (!hasPrometheus)
  process.stdout.write('SKIPPED: Prometheus is not installed, so rules and dashboards are not checked\n');

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

let collector: Collector;
let plant: PlantUnderTest;
beforeAll(async () => {
  collector = await Collector.start();
  plant = await PlantUnderTest.create({ PLANTOPS_METRICS: 'on', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await plant.start();
}, 90_000);
afterAll(async () => {
  await plant.remove();
  await collector.stop();
});

const rest = async <T>(method: string, path: string, body?: object): Promise<T> =>
  (await plant.rest<T>(method, path, body)).body;

test('the end of a stop is one trace over three services, from the request through its event to the posting', async () => {
  const { id: plant_id } = await rest<{ id: string }>('POST', '/plants', {
    code: 'AKR',
    name: 'Akron',
    timezone: 'UTC',
  });
  const body = { code: 'L1', plant_id, name: 'L1', hourly_cost: 60, ideal_cycle_seconds: 1 };
  const { id: line_id } = await rest<{ id: string }>('POST', '/lines', body);
  const start_time = new Date(Date.now() - 20 * 60_000).toISOString();
  const { id } = await rest<{ id: string }>('POST', '/downtimes', { line_id, start_time });
  const { gateway_url, tenants } = await plant.ready();
  const headers = {
    authorization: `Bearer ${tenants['akron']?.tokens.operator}`,
    'content-type': 'application/json',
    traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
  };
  const ended = await fetch(`${gateway_url}/api/v1/plant-ops/downtimes/${id}/end`, {
    method: 'PUT',
    headers,
    body: '{}',
  });
  expect(ended.status).toBe(200);

  const wanted = [
    'gateway: PUT /api/v1/plant-ops/downtimes/:id/end',
    'gateway: plantops.downtimes.end',
    'downtimes: downtimes.end',
    'downtimes: transaction',
    'downtimes: publish EVENTS',
    'money-leaks: process EVENTS',
    'money-leaks: transaction',
    'money-leaks: publish EVENTS',
  ];
  const named = ({ service, name }: Span) => `${service}: ${name}`;
  const spans = () => collector.spans.filter(({ traceId }) => traceId === TRACE_ID);
  await waitFor('the whole trace', () => wanted.every((name) => spans().map(named).includes(name)), 20_000);
  // Each span has its parent in the trace; the first span has the caller's.
  const ids = new Set(spans().map(({ spanId }) => spanId));
  const roots = spans().filter(({ parentSpanId }) => !ids.has(parentSpanId));
  expect(roots.map((span) => [named(span), span.parentSpanId])).toEqual([[wanted[0], 'b7ad6b7169203331']]);
}, 60_000);

test('every service has metrics of its requests, backlog, outbox, connections and event loop', async () => {
  const { metrics = {} } = await plant.ready();
  for (const service of serviceNames) {
    await plant.rest('GET', '/overview');
    await plant.rest('GET', '/connections');
    const shown = await (await fetch(metrics[service] as string)).text();
    const expected = [
      'nodejs_eventloop_delay_p50',
      ...(service === 'gateway' ? ['http_server_request_duration_count'] : ['rpc_server_call_duration_count']),
      ...(topology[service].listens.length > 0
        ? ['plantops_consumer_pending', 'messaging_client_consumed_messages_total']
        : []),
      ...(topology[service].database ? ['db_client_connections_usage'] : []),
      ...(topology[service].listens.length > 0 ? ['plantops_outbox_oldest'] : []),
    ];
    expect({ service, missing: expected.filter((name) => !shown.includes(`\n${name}{`)) }).toEqual({
      service,
      missing: [],
    });
  }
});

test('each refused request is counted once, as refused', async () => {
  const { metrics = {} } = await plant.ready();
  const counted = async () =>
    Number(
      /rpc_server_call_duration_count\{rpc_method="downtimes.get",error_type="not_found"[^}]*\} (\d+)/.exec(
        await (await fetch(metrics['downtimes'] as string)).text(),
      )?.[1] ?? 0,
    );
  const before = await counted();
  for (let n = 0; n < 3; n += 1) await plant.rest('GET', '/downtimes/01a20686-0252-771c-abbf-66b7dcbb662f');
  expect((await counted()) - before).toBe(3);
});

const withPrometheus = describeWhere(describe, hasPrometheus, 'Prometheus is not installed');
withPrometheus('with Prometheus', () => {
  test('the rules are valid, and the metrics of each service follow the conventions', async () => {
    expect(await promtool('rules', { file: join(OBSERVABILITY, 'alerts.yml') })).toBe('');
    expect(await promtool('config', { file: join(OBSERVABILITY, 'prometheus.yml') })).toBe('');
    const { metrics = {} } = await plant.ready();
    for (const url of Object.values(metrics))
      expect(await promtool('metrics', { text: await (await fetch(url)).text() })).toBe('');
  });

  test('each query of each dashboard and rule has a result on a working plant', async () => {
    const { metrics = {} } = await plant.ready();
    const prometheus = await Prometheus.start(metrics);
    try {
      const dashboard = JSON.parse(
        await readFile(join(OBSERVABILITY, 'grafana/dashboards/operations.json'), 'utf8'),
      ) as {
        panels: { title: string; targets: { expr: string }[] }[];
      };
      const queries = dashboard.panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ title, query: expr.replaceAll('$__rate_interval', '1m') })),
      );
      expect(queries.length).toBeGreaterThan(10);
      const unanswered = async () => {
        await plant.rest('GET', '/overview');
        const answers = await Promise.all(
          queries.map(async ({ title, query }) => ({ title, values: await prometheus.query(query) })),
        );
        return answers.filter(({ values }) => values.every((value) => value === 'NaN')).map(({ title }) => title);
      };
      let left: string[] = [];
      await waitFor('a result of each query', async () => (left = await unanswered()).length === 0, 30_000).catch(
        () => undefined,
      );
      expect(left).toEqual([]);
    } finally {
      await prometheus.stop();
    }
  }, 60_000);
});

/** The manifests of deploy/kubernetes are valid, and what they repeat from other declarations stays equal to them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { describeWhere } from '@plantops/fixtures';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from './kubernetes/kustomize.ts';
import { podsOf, portsBetween, selects, specOf } from './kubernetes/pods.ts';
import { base, container, everyPod, FOLDER, oneServer, overlays, podOf, production } from './kubernetes/renderings.ts';
import { faultsOf, KUBERNETES } from './kubernetes/schema.ts';
import { runCommand, succeeds } from '@plantops/servers';
import { ROOT } from '@plantops/plant';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const renderings = [['base', base], ...overlays] as const;
const everyManifest = renderings.flatMap(([folder, manifests]) =>
  manifests.map((manifest) => [`${folder}: ${manifest.kind} ${manifest.metadata.name}`, manifest] as const),
);
const found = (manifests: readonly Manifest[], kind: string, name: string): Manifest | undefined =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
const owners = serviceNames.filter((name) => topology[name].database);

test.each(everyManifest)('%s is valid for the Kubernetes API and has no unknown field', (_what, manifest) => {
  expect(faultsOf(manifest)).toEqual([]);
});

describe('the validation is strict:', () => {
  const downtimes = found(production, 'Deployment', 'downtimes') as Manifest;
  const faultsWith = (from: string, to: string) =>
    faultsOf(JSON.parse(JSON.stringify(downtimes).replace(from, to)) as Manifest).join('\n');
  test.each([
    [
      'a field that is misspelt',
      '"readinessProbe"',
      '"readynessProbe"',
      '/spec/template/spec/containers/0/readynessProbe is not a field',
    ],
    ['a field that is missing', '"selector"', '"minReadySeconds":0,"paused"', 'selector'],
    ['a number instead of a string', '"revisionHistoryLimit":3', '"revisionHistoryLimit":"3"', 'revisionHistoryLimit'],
    ['an unknown value', '"RollingUpdate"', '"Rolling"', 'strategy/type'],
  ])('%s is a fault', (_what, from, to, named) => {
    expect(faultsWith(from, to)).toContain(named);
  });
});

test('the documentation and the namespace have the version of these schemas', () => {
  expect(text('docs/deploying.md')).toContain(`Kubernetes ${KUBERNETES}`);
  for (const [, manifests] of renderings)
    expect(found(manifests, 'Namespace', 'plantops')?.metadata.labels).toHaveProperty(
      ['pod-security.kubernetes.io/enforce-version'],
      `v${KUBERNETES}`,
    );
});

const isKubectlHere = await succeeds('kubectl', ['version', '--client'], { timeoutMs: 10_000 });
const withKubectl = describeWhere(describe, isKubectlHere, 'kubectl is not installed');
withKubectl('the rendering of these tests', () => {
  test.each(renderings)('equals the rendering of %s by kubectl', async (folder, manifests) => {
    const printed = await runCommand('kubectl', ['kustomize', join(FOLDER, folder)]);
    const byName = (list: readonly Manifest[]) =>
      Object.fromEntries(list.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]));
    expect(byName(manifests)).toEqual(
      byName(parseAllDocuments(printed).map((document) => document.toJS() as Manifest)),
    );
  });
});

describe.each(overlays)('in %s', (_folder, manifests) => {
  test.each([...serviceNames])('%s runs its own image, and at most one copy at a time is evicted', (name) => {
    const pod = podOf(manifests, name);
    expect(pod.kind).toBe('Deployment');
    expect(container(pod).image).toMatch(new RegExp(`(^|/)plantops/${name}:[^:]+$`));
    const budget = specOf(found(manifests, 'PodDisruptionBudget', name));
    expect(budget.maxUnavailable).toBe(1);
    const covered = podsOf(manifests).filter(({ labels }) => selects(budget.selector, labels));
    expect(covered.map((covers) => covers.name)).toEqual([name]);
  });

  test('every service with a database has a migration with the same image, and no other service has one', () => {
    const jobs = podsOf(manifests).filter(({ labels }) => labels['app.kubernetes.io/component'] === 'migration');
    expect(jobs.map(({ name }) => name).sort()).toEqual(owners.map((name) => `migrate-${name}`).sort());
    for (const name of owners)
      expect(container(podOf(manifests, `migrate-${name}`))).toMatchObject({
        image: container(podOf(manifests, name)).image,
        command: ['node', 'src/migrate.ts'],
      });
  });

  test('policies, budgets and scaling select existing pods', () => {
    expect.hasAssertions();
    const pods = podsOf(manifests);
    for (const manifest of manifests) {
      const { selector, podSelector, scaleTargetRef } = specOf(manifest);
      const named =
        manifest.kind === 'Service' ? { matchLabels: selector as Record<string, string> } : (selector ?? podSelector);
      if (named !== undefined)
        expect([manifest.metadata.name, pods.some((pod) => selects(named, pod.labels))]).toEqual([
          manifest.metadata.name,
          true,
        ]);
      if (scaleTargetRef) expect(podOf(manifests, scaleTargetRef.name).kind).toBe('Deployment');
    }
  });

  test('a service reaches the broker and its database, if it has one; no pod reaches a service', () => {
    expect(podsOf(manifests).length).toBeGreaterThan(serviceNames.length);
    const reached = (from: string, to: string) => portsBetween(manifests, podOf(manifests, from), podOf(manifests, to));
    for (const name of serviceNames) {
      expect(reached(name, 'nats')).toEqual([4222]);
      if (podOf(manifests, 'postgres') !== undefined)
        expect(reached(name, 'postgres')).toEqual(topology[name].database ? [5432] : []);
      for (const other of podsOf(manifests)) expect(portsBetween(manifests, other, podOf(manifests, name))).toEqual([]);
    }
    expect(reached('provisioner', 'nats')).toEqual([4222]);
    expect(reached('nats', 'nats')).toEqual([6222]);
    for (const name of owners) expect(reached(`migrate-${name}`, 'nats')).toEqual([]);
  });
});

test.each(everyPod)('%s has minimal rights and a memory limit', (_name, { spec }) => {
  const { runAsUser, ...context } = spec['securityContext'] as Record<string, unknown>;
  expect(context).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(runAsUser).toBe(spec.containers[0].image === 'postgres:18' ? 999 : 1000);
  expect(spec['automountServiceAccountToken']).toBe(false);
  expect(spec.containers).toHaveLength(1);
  expect(spec.containers[0]).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources: {
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    },
  });
});

test('pods run as the user of the images, and their programs exist in the images', () => {
  expect(text('deploy/service.Dockerfile')).toContain('USER 1000:1000');
  for (const [, { spec, name }] of everyPod) {
    const { image, command = ['node', 'src/main.ts'] } = spec.containers[0];
    const [, project] = /plantops\/([\w-]+):/.exec(image) ?? [];
    if (project === undefined) continue;
    const folder = join(ROOT, project === 'operations' ? 'packages' : 'services', project);
    expect([name, existsSync(join(folder, command[1] as string))]).toEqual([name, true]);
  }
});

test('a service has enough time to stop, and stops only after another copy is ready', () => {
  const [, seconds] =
    /close\(deadlineMs = (\d+)_000\)/.exec(text('packages/service-kit/src/process/lifetime.ts')) ?? [];
  for (const name of serviceNames) {
    const { spec } = podOf(production, name);
    const pause = spec.containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + pause);
    expect(specOf(found(production, 'Deployment', name))).toMatchObject({
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
    });
  }
});

describe('in production', () => {
  test('three brokers replicate every stream, for the same tenants as everywhere, and at least two of them stay', () => {
    const { replicas, serviceName } = specOf(found(production, 'StatefulSet', 'nats'));
    expect(replicas).toBe(3);
    expect(container(podOf(production, 'provisioner')).args).toEqual([
      '--replicas',
      '3',
      ...(container(podOf(oneServer, 'provisioner')).args ?? []),
    ]);
    expect(specOf(found(production, 'PodDisruptionBudget', 'nats'))).toMatchObject({ minAvailable: 2 });
    // The brokers find each other by these names, and the configuration has their ports.
    expect(text('packages/operations/src/secret-files.ts')).toContain(`domain: '${String(serviceName)}', port: 6222`);
  });

  test.each([...serviceNames])('%s has three copies, and more under load', (name) => {
    const { minReplicas, metrics } = specOf(found(production, 'HorizontalPodAutoscaler', name));
    expect(minReplicas).toBe(3);
    const isConsumer = topology[name].listens.length > 0;
    expect(metrics.map(({ type }) => type)).toEqual(isConsumer ? ['External', 'Resource'] : ['Resource']);
    const metric = { name: 'plantops_consumer_pending', selector: { matchLabels: { service: name } } };
    if (isConsumer) expect(metrics[0]?.external?.metric).toEqual(metric);
  });

  test('the metric for scaling is a metric of the services, with the name that the adapter gives it', () => {
    const shown = 'plantops.consumer.pending';
    expect(text('packages/service-kit/src/telemetry/observe-backlog.ts')).toContain(`createObservableGauge('${shown}'`);
    const { externalRules } = parse(text('deploy/kubernetes/prometheus/adapter.yml')) as {
      externalRules: { seriesQuery: string; name: object }[];
    };
    const name = shown.replaceAll('.', '_');
    expect(externalRules).toMatchObject([{ seriesQuery: expect.stringContaining(`${name}{`), name: { as: name } }]);
  });

  test('Prometheus finds every service by the labels of its pods', () => {
    const { scrape_configs: configs } = parse(text('deploy/kubernetes/prometheus/scrape.yml')) as {
      scrape_configs: {
        job_name: string;
        kubernetes_sd_configs: { namespaces: { names: string[] }; selectors: { label: string }[] }[];
      }[];
    };
    expect(configs).toMatchObject([
      { job_name: 'plantops', kubernetes_sd_configs: [{ namespaces: { names: ['plantops'] } }] },
    ]);
    const [label = '', value] = configs[0]?.kubernetes_sd_configs[0]?.selectors[0]?.label.split('=') ?? [];
    const scraped = podsOf(production).filter(({ labels }) => labels[label] === value);
    expect(scraped.map(({ name }) => name).sort()).toEqual([...serviceNames].sort());
    for (const pod of scraped)
      expect(container(pod)).toMatchObject({
        ports: expect.arrayContaining([{ name: 'health', containerPort: 8081 }]),
      });
  });
});

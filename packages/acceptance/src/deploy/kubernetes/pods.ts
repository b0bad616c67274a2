/** The pods of manifests, and which pods reach each other by their labels. */
import type { Manifest } from './kustomize.ts';

type Labels = Readonly<Record<string, string>>;
export type Selector = {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn';
    readonly values: readonly string[];
  }[];
};
type Container = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
} & Readonly<Record<string, unknown>>;
type Volume = { readonly name: string; readonly secret?: { readonly secretName: string } };
export type Pod = {
  readonly kind: string;
  readonly name: string;
  readonly labels: Labels;
  readonly spec: {
    readonly containers: readonly [Container];
    readonly volumes: readonly Volume[];
    readonly terminationGracePeriodSeconds?: number;
  } & Readonly<Record<string, unknown>>;
};
type Peer = { readonly podSelector?: Selector; readonly namespaceSelector?: Selector };
type Rule = {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
};
type Metric = {
  readonly type: string;
  readonly external?: { readonly metric: { readonly name: string; readonly selector: Selector } };
};
/** The fields of all kinds that these tests read. */
type Spec = {
  readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod['spec'] };
  /** In a Service this contains the labels themselves. */
  readonly selector: Selector;
  readonly podSelector: Selector;
  readonly scaleTargetRef?: { readonly name: string };
  readonly metrics: readonly Metric[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
} & Readonly<Record<string, unknown>>;

export const specOf = (manifest: Manifest | undefined): Spec => (manifest?.['spec'] ?? {}) as Spec;

export const podsOf = (manifests: readonly Manifest[]): Pod[] =>
  manifests
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    .map((manifest) => {
      const { template } = specOf(manifest);
      return {
        kind: manifest.kind,
        name: manifest.metadata.name,
        labels: template.metadata.labels,
        spec: template.spec,
      };
    });

export const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([label, value]) => labels[label] === value) &&
  matchExpressions.every(({ key, operator, values }) => values.includes(labels[key] ?? '') === (operator === 'In'));

/** The ports of a pod that another pod of the plant reaches: those that the policies of both sides allow. */
export function portsBetween(manifests: readonly Manifest[], from: Pod, to: Pod): number[] {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map((manifest) => specOf(manifest));
  const allowed = (pod: Pod, other: Pod, side: 'ingress' | 'egress') =>
    policies
      .filter(({ podSelector }) => selects(podSelector, pod.labels))
      .flatMap((policy) => policy[side] ?? [])
      .filter((rule) => {
        const peers = side === 'ingress' ? rule.from : rule.to;
        return (
          peers === undefined ||
          peers.some((peer) => peer.namespaceSelector === undefined && selects(peer.podSelector ?? {}, other.labels))
        );
      })
      .flatMap(({ ports }) => ports.map(({ port }) => port));
  const incoming = allowed(to, from, 'ingress');
  return allowed(from, to, 'egress').filter((port) => incoming.includes(port));
}

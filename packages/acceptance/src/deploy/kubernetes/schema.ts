/** Validates a manifest with the Kubernetes schemas of one version, strictly: unknown fields are faults. */
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service } from 'kubernetes-models/v1';
import type { Manifest } from './kustomize.ts';

/** The version of Kubernetes whose schemas the installed kubernetes-models has. */
export const KUBERNETES = '1.36';

const MODELS = [
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  StatefulSet,
];

/** The faults of a manifest, as texts. */
export function faultsOf(manifest: Manifest): string[] {
  const { apiVersion, kind } = manifest;
  const model = MODELS.find((each) => each.apiVersion === apiVersion && each.kind === kind);
  if (model === undefined) return [`${apiVersion} ${kind} has no schema here`];
  const read = new Set<string>();
  try {
    model.prototype.validate.call(watched(manifest, '', read));
  } catch (error) {
    return [String(error)];
  }
  return placesIn(manifest, '').flatMap((place) => (read.has(place) ? [] : [`${place} is not a field`]));
}

/**
 * The schemas are compiled validators, which read only the fields that they know. So a field that was not read is
 * unknown.
 */
function watched(value: unknown, place: string, read: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((element, index) => watched(element, `${place}/${index}`, read));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, watched(inner, `${place}/${name}`, read)]),
  );
  return new Proxy(fields, {
    get(target, name) {
      read.add(`${place}/${String(name)}`);
      return Reflect.get(target, name) as unknown;
    },
  });
}

function placesIn(value: unknown, place: string): string[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => placesIn(element, `${place}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [`${place}/${name}`, ...placesIn(inner, `${place}/${name}`)]);
}

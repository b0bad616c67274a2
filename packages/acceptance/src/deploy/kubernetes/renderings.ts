/** The rendered manifests of deploy/kubernetes. */
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';
import { kustomize, type Manifest } from './kustomize.ts';
import { podsOf, type Pod } from './pods.ts';

export const FOLDER = join(ROOT, 'deploy/kubernetes');
export const base = kustomize(join(FOLDER, 'base'));
export const oneServer = kustomize(join(FOLDER, 'overlays/one-server'));
export const production = kustomize(join(FOLDER, 'overlays/production'));
export const overlays = [
  ['overlays/one-server', oneServer],
  ['overlays/production', production],
] as const;

/** Every pod with a name for test titles. */
export const everyPod = overlays.flatMap(([folder, manifests]) =>
  podsOf(manifests).map((pod) => [`${folder}: ${pod.name}`, pod] as const),
);
export const podOf = (manifests: readonly Manifest[], name: string): Pod =>
  podsOf(manifests).find((pod) => pod.name === name) as Pod;
export const container = ({ spec }: Pod): Pod['spec']['containers'][0] => spec.containers[0];

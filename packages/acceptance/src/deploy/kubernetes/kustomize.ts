/**
 * The part of kustomize that deploy/kubernetes uses, so that its tests need no kubectl: resources, patches by strategic
 * merge, namespace, labels, images. Any other field of a kustomization is refused. When kubectl is installed, a test
 * compares both results.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

type Fields = Readonly<Record<string, unknown>>;
export type Manifest = Fields & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
};
type Patch = { readonly path: string; readonly target?: { readonly kind: string; readonly labelSelector?: string } };
type Image = { readonly name: string; readonly newName?: string; readonly newTag: string };
type Kustomization = {
  readonly resources: readonly string[];
  readonly patches?: readonly Patch[];
  readonly namespace: string;
  readonly labels: readonly { readonly pairs: Readonly<Record<string, string>>; readonly includeTemplates?: boolean }[];
  readonly images?: readonly Image[];
};
const KNOWN = new Set(['apiVersion', 'kind', 'resources', 'patches', 'namespace', 'labels', 'images']);

/** The manifests that `kubectl kustomize` prints for a folder. */
export function kustomize(folder: string): Manifest[] {
  const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;
  const foreign = Object.keys(kustomization).filter((field) => !KNOWN.has(field));
  if (foreign.length > 0) throw new Error(`${folder}: ${foreign.join(', ')}: not supported here`);
  let manifests = kustomization.resources.flatMap((path) =>
    path.endsWith('.yaml') ? readManifests(join(folder, path)) : kustomize(join(folder, path)),
  );
  for (const patch of kustomization.patches ?? []) manifests = patched(manifests, patch, folder);
  return manifests.map((manifest) =>
    withImages(labelled(placed(manifest, kustomization), kustomization), kustomization.images ?? []),
  );
}

export const readManifests = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest);

function patched(manifests: readonly Manifest[], { path, target }: Patch, folder: string): Manifest[] {
  const [patch] = readManifests(join(folder, path)) as [Manifest];
  const isMeant = ({ kind, metadata }: Manifest) => {
    if (target === undefined) return kind === patch.kind && metadata.name === patch.metadata.name;
    const [label, value] = target.labelSelector?.split('=') ?? [];
    return new RegExp(`^(${target.kind})$`).test(kind) && (label === undefined || metadata.labels?.[label] === value);
  };
  if (!manifests.some(isMeant)) throw new Error(`${join(folder, path)} is a patch of nothing`);
  // A patch with a target has a kind and a name that are ignored.
  return manifests.map((manifest) =>
    isMeant(manifest)
      ? (merged(manifest, { ...patch, apiVersion: manifest.apiVersion, kind: manifest.kind, metadata: {} }) as Manifest)
      : manifest,
  );
}

/** The key of the elements of each list. Other lists are replaced as a whole. */
const KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  ports: 'containerPort',
  topologySpreadConstraints: 'topologyKey',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

function merged(before: unknown, patch: unknown, field = ''): unknown {
  if (Array.isArray(patch)) return mergedLists(before, patch as unknown[], KEYS[field]);
  if (!isFields(before) || !isFields(patch)) return patch;
  return {
    ...before,
    ...Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, merged(before[name], value, name)])),
  };
}

/** New elements come first, as in kustomize. */
function mergedLists(before: unknown, patch: readonly unknown[], key: string | undefined): unknown[] {
  if (
    key === undefined ||
    !Array.isArray(before) ||
    ![...before, ...patch].every((element) => isFields(element) && key in element)
  )
    return [...patch];
  const keyOf = (element: unknown) => (element as Fields)[key];
  const isThere = (list: readonly unknown[], element: unknown) => list.some((other) => keyOf(other) === keyOf(element));
  const changed = before.map((element: unknown) => {
    const change = patch.find((other) => keyOf(other) === keyOf(element));
    return change === undefined ? element : merged(element, change);
  });
  return [...patch.filter((element) => !isThere(before, element)), ...changed];
}

const placed = (manifest: Manifest, { namespace }: Kustomization): Manifest =>
  manifest.kind === 'Namespace' ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace } };

function labelled(manifest: Manifest, { labels }: Kustomization): Manifest {
  let all = manifest;
  for (const { pairs, includeTemplates = false } of labels) {
    const patch = { metadata: { labels: pairs } };
    all = merged(all, patch) as Manifest;
    if (includeTemplates) all = { ...all, ...inTemplates(all, patch) };
  }
  return all;
}

function inTemplates({ spec }: Manifest, patch: Fields): Fields {
  if (!isFields(spec)) return {};
  const { template, volumeClaimTemplates } = spec;
  return {
    spec: {
      ...spec,
      ...(isFields(template) ? { template: merged(template, patch) } : {}),
      ...(Array.isArray(volumeClaimTemplates)
        ? { volumeClaimTemplates: volumeClaimTemplates.map((claim) => merged(claim, patch)) }
        : {}),
    },
  };
}

function withImages(value: unknown, images: readonly Image[], field = ''): Manifest {
  const renamed = (): unknown => {
    if (Array.isArray(value)) return value.map((element) => withImages(element, images));
    if (isFields(value))
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withImages(inner, images, name)]));
    const image = field === 'image' ? images.find(({ name }) => name === value) : undefined;
    return image === undefined ? value : `${image.newName ?? image.name}:${image.newTag}`;
  };
  return renamed() as Manifest;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

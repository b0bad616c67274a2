/**
 * The folders that the image of a service must contain: the service, and the packages that it imports, also indirectly.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';

export function partsOf(service: string): string[] {
  const parts = new Set([`services/${service}`]);
  for (const part of parts) {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, part, 'package.json'), 'utf8')) as {
      dependencies: object;
    };
    for (const name of Object.keys(dependencies)) {
      const folder = `packages/${name.replace('@plantops/', '')}`;
      if (name.startsWith('@plantops/') && existsSync(join(ROOT, folder))) parts.add(folder);
    }
  }
  return [...parts].sort();
}

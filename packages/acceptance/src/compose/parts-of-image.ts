/** Which folders of the workspace the image of a service must hold: itself, and the packages that it and they import. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@plantops/plant';

export const partsOf = (service: string): string[] => {
  const parts = new Set([`services/${service}`]);
  for (const part of parts) {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, part, 'package.json'), 'utf8')) as { dependencies: object };
    for (const name of Object.keys(dependencies)) {
      const folder = `packages/${name.replace('@plantops/', '')}`;
      if (name.startsWith('@plantops/') && existsSync(join(ROOT, folder))) parts.add(folder);
    }
  }
  return [...parts].sort();
};

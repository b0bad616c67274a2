/** Reads `ready.json`, in which a running plant has its addresses and users. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const readyFile = z.object({
  gateway_url: z.string().min(1),
  nats_url: z.string().min(1),
  tenants: z.record(
    z.string(),
    z.object({ tokens: z.record(z.string(), z.string()), edge: z.object({ user: z.string(), password: z.string() }) }),
  ),
});
export type ReadyFile = z.infer<typeof readyFile>;

/** Returns the content of the file. Throws an error that says what to do when it does not exist. */
export async function readReadyFile(path: string): Promise<ReadyFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): is the plant running? Start it with "npx -y pnpm@12 start", or set PLANTOPS_DATA_DIR to its data directory.`,
    );
  });
  const parsed = readyFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is not the ready.json of a plant: start the plant again, which writes the file again.`);
}

/** Returns a tenant of the plant. Throws an error that lists the tenants when it does not exist. */
export function tenantIn(ready: ReadyFile, tenant: string): ReadyFile['tenants'][string] {
  const found = Object.hasOwn(ready.tenants, tenant) ? ready.tenants[tenant] : undefined;
  if (found !== undefined) return found;
  throw new Error(
    `This plant has no tenant "${tenant}". Its tenants: ${Object.keys(ready.tenants).join(', ') || 'none'}. "pnpm run tenant add ${tenant}" adds it.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `ready.json`, in which a running plant says where it is and with which users to come. */
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

/** What is in the file, or an error that says what to do about its absence. */
export const readReadyFile = async (path: string): Promise<ReadyFile> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): is the plant started? Start it with "npx -y pnpm@12 start", or name its data directory in PLANTOPS_DATA_DIR.`,
    );
  });
  const parsed = readyFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is not the ready.json of a plant: start the plant again to have it written anew.`);
};

/** A tenant of the plant, or an error that names those there are. */
export const tenantIn = (ready: ReadyFile, tenant: string): ReadyFile['tenants'][string] => {
  const found = Object.hasOwn(ready.tenants, tenant) ? ready.tenants[tenant] : undefined;
  if (found !== undefined) return found;
  throw new Error(
    `This plant has no tenant "${tenant}", but ${Object.keys(ready.tenants).join(', ') || 'none at all'}. "pnpm run tenant add ${tenant}" adds it.`,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The plants, lines and products of the load: most belong to one tenant, the others to a tenant that must not be
 * affected.
 */
import { waitFor } from '@plantops/fixtures';
import type { ChaosPlant } from '../chaos-plant.ts';

export const WRITERS = 6;
/** The last writer, and a part of the line events, belong to the second tenant. */
export const tenantOf = (writer: number): string => (writer === WRITERS - 1 ? 'globex' : 'akron');
const LINES_OF_A_WRITER = 5;
export const EDGE_LINES: Readonly<Record<string, readonly string[]>> = {
  akron: ['E-1', 'E-2', 'E-3'],
  globex: ['E-1'],
};
export const PROBE_LINE = 'PROBE';
export const PRODUCT = 'P-1';

export type MasterData = {
  readonly productIds: Readonly<Record<string, string>>;
  /** Line ids by tenant and code. */
  readonly lines: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
export const linesOf = (data: MasterData, writer: number): string[] =>
  Object.entries(data.lines[tenantOf(writer)] ?? {}).flatMap(([code, id]) =>
    code.startsWith(`W${writer}-`) ? [id] : [],
  );

export async function makeMasterData({ plant }: ChaosPlant): Promise<MasterData> {
  const productIds: Record<string, string> = {};
  const lines: Record<string, Record<string, string>> = {};
  for (const tenant of ['akron', 'globex']) {
    const create = async (path: string, body: object): Promise<string> => {
      const answer = await plant.rest<{ id: string }>('POST', path, body, { tenant });
      if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    };
    const plant_id = await create('/plants', {
      code: 'CHAOS',
      name: `Works of ${tenant}`,
      timezone: 'America/New_York',
    });
    productIds[tenant] = await create('/products', {
      code: PRODUCT,
      name: 'Bottle',
      unit_cost: 1.25,
      salvage_value: 0.05,
    });
    const ofWriters = Array.from({ length: WRITERS }, (_, writer) => writer)
      .filter((writer) => tenantOf(writer) === tenant)
      .flatMap((writer) => Array.from({ length: LINES_OF_A_WRITER }, (__, line) => `W${writer}-${line}`));
    const ids: Record<string, string> = {};
    for (const code of [...ofWriters, ...(EDGE_LINES[tenant] ?? []), PROBE_LINE])
      ids[code] = await create('/lines', { code, plant_id, name: code, hourly_cost: 360, ideal_cycle_seconds: 2 });
    lines[tenant] = ids;
    // This is not part of the test: before the first fault, every service knows the lines.
    await waitFor('the lines to be known', () => allKnown(plant, tenant, Object.values(ids)), 20_000);
  }
  return { productIds, lines };
}

async function allKnown(plant: ChaosPlant['plant'], tenant: string, lineIds: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    lineIds.map((id) => plant.rest('GET', `/money-leaks/by-category?line_id=${id}`, undefined, { tenant })),
  );
  return answers.every(({ status }) => status === 200);
}

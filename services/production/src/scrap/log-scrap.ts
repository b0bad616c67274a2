import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { notAhead, Problem } from '@plantops/contracts';
import { addRow, sql, type Tx } from '@plantops/persistence';
import { lockedProducts } from '../units/measured-products.ts';
import { isConverted, scrapIn, type Measured } from '../units/units.rules.ts';
import { ScrapEvent } from './scrap-event.table.ts';

export const logScrap = command(contracts.logScrap, () => async ({ unit, ...input }, work) => {
  const at = input.at ?? work.at;
  notAhead('at', at, work.at);
  const { batch_line_id, batch_number, product_id, product } = await findNamed(work.tx, input);
  if (input.batch_id !== null && batch_line_id !== input.line_id)
    throw Problem.field('batch_id', 'names no batch of this line');
  const locked =
    product !== null && isConverted(product, unit)
      ? (await lockedProducts(work.tx, [product.id])).get(product.id)
      : undefined;
  const scrap = {
    ...input,
    ...scrapIn(locked ?? product ?? undefined, { ...input, unit }),
    at,
    product_id,
    batch_number,
    voided_at: null,
    void_reason: null,
  };
  return addRow(work, ScrapEvent, scrap, contracts.scrapLogged);
});

type Named = Pick<contracts.ScrapRow, 'batch_number' | 'product_id'> & {
  readonly batch_line_id: string | null;
  readonly product: Measured | null;
};
const NOTHING: Named = { batch_line_id: null, batch_number: null, product_id: null, product: null };

/** The batch that is named, and the product: the one that is named, else that of the batch. */
async function findNamed(
  tx: Tx,
  { batch_id, product_id }: Pick<contracts.ScrapRow, 'batch_id' | 'product_id'>,
): Promise<Named> {
  if (batch_id === null && product_id === null) return NOTHING;
  const [named] = await tx.query<Named>(sql`
    select b.line_id as batch_line_id, b.batch_number, named.product_id,
      case when p.id is null then null
        else jsonb_build_object('id', p.id, 'code', p.code, 'unit', p.unit, 'units', p.units) end as product
    from (select ${batch_id}::uuid as batch_id, ${product_id}::uuid as product_id) asked
    left join batch b on b.tenant_id = ${tx.tenant} and b.id = asked.batch_id
    cross join lateral (select coalesce(asked.product_id, b.product_id) as product_id) named
    left join product p on p.tenant_id = ${tx.tenant} and p.id = named.product_id`);
  return named ?? NOTHING;
}

/** Quantities of a product are stored in its own unit. Those that are given in another unit are converted, exactly. */
import { Problem, type BatchRow, type CountRow, type ProductRow, type ScrapRow } from '@plantops/contracts';

/** A product as far as quantities of it need it. */
export type Measured = Pick<ProductRow, 'id' | 'code' | 'unit' | 'units'>;
/** One of a unit is `over / under` of the product's own unit. */
type Fraction = { readonly over: bigint; readonly under: bigint };

const MILLION = 1_000_000n;
const MOST_QUANTITY = 1e12;
const MOST_COST = 1e9;

const millionths = (value: number): bigint => BigInt(value.toFixed(6).replace('.', ''));
/** value × over ÷ under, rounded half up to six decimals. */
function times(value: number, { over, under }: Fraction): number {
  const doubled = (2n * millionths(value) * over + under) / under;
  return Number(`${doubled / 2n}e-6`);
}

/** A quantity by a factor, as pulses by units a pulse. Throws `invalid` for more than can be stored. */
export function multiplied(quantity: number, factor: number): number {
  return within('total', times(quantity, fractionOf(factor)), MOST_QUANTITY, 'units');
}

function fractionOf(factor: number | string): Fraction {
  if (typeof factor === 'number') return { over: millionths(factor), under: MILLION };
  const [over, under] = factor.split('/') as [string, string];
  return { over: BigInt(over), under: BigInt(under) };
}

/** How much of the product's own unit one of a unit is; undefined when the product does not have the unit. */
function factorOf({ unit: own, units }: Measured, unit: string): Fraction | undefined {
  if (unit === own) return { over: 1n, under: 1n };
  const other = units.find((one) => one.unit === unit);
  return other === undefined ? undefined : fractionOf(other.factor);
}

/** Every unit that quantities of the product may be given in, its own first. */
export function unitsOf({ unit, units }: Pick<Measured, 'unit' | 'units'>): string[] {
  return [unit, ...units.map((one) => one.unit)];
}

/** Whether quantities may be given in the unit; without one they are in the product's own. */
export function hasUnit(product: Measured, unit: string | undefined): boolean {
  return unit === undefined || factorOf(product, unit) !== undefined;
}

/** Whether the unit is another one than the product's own, so that its factor counts. */
export function isConverted(product: Measured | undefined, unit: string | undefined): boolean {
  return product !== undefined && unit !== undefined && unit !== product.unit;
}

function knownFactor(product: Measured, unit: string): Fraction {
  const factor = factorOf(product, unit);
  if (factor === undefined)
    throw Problem.field('unit', `${unit} is no unit of product ${product.code}: use ${unitsOf(product).join(', ')}`);
  return factor;
}

function within(field: string, value: number, most: number, unit: string): number {
  if (value > most) throw Problem.field(field, `is ${value} in ${unit}: must be at most ${most}`);
  return value;
}

type GivenScrap = { readonly quantity: number; readonly unit: string | undefined; readonly unit_cost: number | null };
type StoredScrap = Pick<
  ScrapRow,
  'quantity' | 'unit' | 'unit_cost' | 'given_quantity' | 'given_unit' | 'given_unit_cost'
>;
/** The unit of what names neither a product nor a unit. */
export const NO_UNIT = 'ea';

/**
 * Scrap as it is stored: in the product's own unit, with its cost per that unit, and beside them what was given. Without
 * a product the unit is a word alone. Throws `invalid`, which names the known units.
 */
export function scrapIn(product: Measured | undefined, { quantity, unit, unit_cost }: GivenScrap): StoredScrap {
  const asGiven = { given_quantity: null, given_unit: null, given_unit_cost: null };
  if (product === undefined) return { quantity, unit: unit ?? NO_UNIT, unit_cost, ...asGiven };
  if (unit === undefined || unit === product.unit) return { quantity, unit: product.unit, unit_cost, ...asGiven };
  const factor = knownFactor(product, unit);
  const converted = within('quantity', times(quantity, factor), MOST_QUANTITY, product.unit);
  if (converted === 0) throw Problem.field('quantity', `is less than a millionth of a ${product.unit}`);
  const perUnit = { over: factor.under, under: factor.over };
  return {
    quantity: converted,
    unit: product.unit,
    unit_cost: unit_cost === null ? null : within('unit_cost', times(unit_cost, perUnit), MOST_COST, product.unit),
    given_quantity: quantity,
    given_unit: unit,
    given_unit_cost: unit_cost,
  };
}

type GivenCount = { readonly good: number; readonly reject: number; readonly unit: string | undefined };
type StoredCount = Pick<CountRow, 'good' | 'reject' | 'given_good' | 'given_reject' | 'given_unit'>;

/** Counted units as they are stored, likewise. Throws `invalid` also where no product says what the unit is. */
export function countIn(product: Measured | undefined, { good, reject, unit }: GivenCount): StoredCount {
  if (unit === undefined || unit === product?.unit)
    return { good, reject, given_good: null, given_reject: null, given_unit: null };
  if (product === undefined) throw noProduct();
  const factor = knownFactor(product, unit);
  return {
    good: within('good', times(good, factor), MOST_QUANTITY, product.unit),
    reject: within('reject', times(reject, factor), MOST_QUANTITY, product.unit),
    given_good: good,
    given_reject: reject,
    given_unit: unit,
  };
}

const BATCH_QUANTITIES = [
  'planned_quantity',
  'good_count',
  'scrap_count',
  'startup_scrap_count',
  'rework_count',
  'material_input',
] as const;
type Given = BatchRow['given'];
export type BatchQuantities = Partial<Pick<BatchRow, (typeof BATCH_QUANTITIES)[number]>>;

/**
 * The quantities of a batch that a command names, in the product's own unit, and all that the batch was given in others.
 * Throws `invalid` as for counts.
 */
export function batchIn(
  product: Measured | undefined,
  sent: BatchQuantities & { readonly unit?: string | undefined },
  before: Given,
): BatchQuantities & { given: Given } {
  const named = BATCH_QUANTITIES.filter((field) => sent[field] !== undefined);
  const given: Given = Object.fromEntries(
    Object.entries(before).filter(([field]) => !(named as string[]).includes(field)),
  );
  const { unit } = sent;
  const hasQuantity = named.some((field) => sent[field] !== null);
  if (unit === undefined || unit === product?.unit || !hasQuantity) return { given };
  if (product === undefined) throw noProduct();
  const converted: BatchQuantities = {};
  for (const field of named) {
    const quantity = sent[field] ?? null;
    if (quantity === null) continue;
    converted[field] = convertedQuantity(product, field, { quantity, unit });
    given[field] = { quantity, unit };
  }
  return { ...converted, given };
}

/** What a batch was given in other units, converted by the units of a product. */
export function batchAgain(product: Measured, { given }: Pick<BatchRow, 'given'>): BatchQuantities {
  return Object.fromEntries(
    BATCH_QUANTITIES.flatMap((field) => {
      const one = given[field];
      return one === undefined ? [] : [[field, convertedQuantity(product, field, one)]];
    }),
  );
}

function convertedQuantity(
  product: Measured,
  field: string,
  { quantity, unit }: { readonly quantity: number; readonly unit: string },
): number {
  return within(field, times(quantity, knownFactor(product, unit)), MOST_QUANTITY, product.unit);
}

const noProduct = () => Problem.field('unit', 'no product is known, which would have units: leave it out');

/** What differs in a stored row when it is converted again; undefined when nothing does, or when it cannot be. */
export function corrected<R extends ScrapRow | CountRow | BatchRow>(product: Measured, row: R): Partial<R> | undefined {
  try {
    const again: Partial<ScrapRow | CountRow | BatchRow> =
      'quantity' in row
        ? scrapAgain(product, row)
        : 'given' in row
          ? batchAgain(product, row)
          : countAgain(product, row);
    const differs = Object.entries(again).some(([field, value]) => row[field as keyof R] !== value);
    return differs ? (again as Partial<R>) : undefined;
  } catch (error) {
    // The unit was removed, or the quantity would be none or too large: the row keeps what it has.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function scrapAgain(product: Measured, row: ScrapRow): Partial<ScrapRow> {
  const { given_quantity: quantity, given_unit: unit, given_unit_cost: unit_cost } = row;
  const again = scrapIn(product, { quantity: quantity as number, unit: unit as string, unit_cost });
  return { quantity: again.quantity, unit: again.unit, unit_cost: again.unit_cost };
}

function countAgain(product: Measured, row: CountRow): Partial<CountRow> {
  const { given_good: good, given_reject: reject, given_unit: unit } = row;
  const again = countIn(product, { good: good as number, reject: reject as number, unit: unit as string });
  return { good: again.good, reject: again.reject };
}

/** The units of a product after a change. Throws `invalid` for a unit that is named twice. */
export function checkUnits(product: Pick<Measured, 'unit' | 'units'>): void {
  const names = unitsOf(product);
  const index = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (index > 0) throw Problem.field(`units.${index - 1}.unit`, `${names[index]} is named twice: name each unit once`);
}

/** Whether stored quantities must be converted again. */
export function changesUnits(
  before: Pick<Measured, 'unit' | 'units'>,
  { unit = before.unit, units = before.units }: Partial<Measured>,
): boolean {
  return unit !== before.unit || JSON.stringify(units) !== JSON.stringify(before.units);
}

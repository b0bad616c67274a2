/** Exact fractions of whole numbers: the audit rounds only where a rule says so. */
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

export class Fraction {
  static readonly zero: Fraction = new Fraction(0n, 1n);
  readonly #over: bigint;
  readonly #under: bigint;

  private constructor(over: bigint, under: bigint) {
    this.#over = over;
    this.#under = under;
  }

  static ratio(over: bigint, under: bigint): Fraction {
    const shared = gcd(over, under) * (under < 0n ? -1n : 1n);
    return new Fraction(over / shared, under / shared);
  }

  /** Parses a decimal. A number is read by its shortest notation, as in JSON. */
  static of(value: string | number): Fraction {
    const [, sign, whole = '', decimals = '', exponent = '0'] = DECIMAL.exec(String(value)) ?? [];
    if (sign === undefined) throw new RangeError(`not a decimal: ${value}`);
    const digits = BigInt(`${sign}${whole}${decimals}`);
    const shift = BigInt(Number(exponent) - decimals.length);
    return shift >= 0n ? new Fraction(digits * 10n ** shift, 1n) : Fraction.ratio(digits, 10n ** -shift);
  }

  static sum(values: Iterable<Fraction>): Fraction {
    let total = Fraction.zero;
    for (const value of values) total = total.plus(value);
    return total;
  }

  plus(other: Fraction): Fraction {
    return Fraction.ratio(this.#over * other.#under + other.#over * this.#under, this.#under * other.#under);
  }

  minus(other: Fraction): Fraction {
    return Fraction.ratio(this.#over * other.#under - other.#over * this.#under, this.#under * other.#under);
  }

  times(other: Fraction): Fraction {
    return Fraction.ratio(this.#over * other.#over, this.#under * other.#under);
  }

  over(other: Fraction): Fraction {
    return Fraction.ratio(this.#over * other.#under, this.#under * other.#over);
  }

  abs(): Fraction {
    return this.#over < 0n ? new Fraction(-this.#over, this.#under) : this;
  }

  /** -1, 0 or 1. */
  sign(): number {
    return this.#over < 0n ? -1 : this.#over > 0n ? 1 : 0;
  }

  compare(other: Fraction): number {
    return this.minus(other).sign();
  }

  /** Rounds half away from zero. */
  rounded(decimals: number): Fraction {
    const scale = 10n ** BigInt(decimals);
    const size = ((this.#over < 0n ? -this.#over : this.#over) * scale * 2n + this.#under) / (this.#under * 2n);
    return Fraction.ratio(this.#over < 0n ? -size : size, scale);
  }

  toNumber(): number {
    // Enough digits for a number of any size.
    return Number((this.#over * 10n ** 18n) / this.#under) / 1e18;
  }
}

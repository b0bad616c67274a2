/** The guarantees as a table: one row for each endpoint, one column for each guarantee. */
export const columns = [
  'works',
  'filters',
  'refused roles',
  'other tenant 404',
  'bad body 422',
  'idempotent',
  'If-Match',
  'CSV',
  'documented',
] as const;
export type Column = (typeof columns)[number];

type Cell = { checks: number; readonly failures: string[] };

export class CoverageTable {
  readonly #rows: ReadonlyMap<string, ReadonlyMap<Column, Cell>>;

  /** The rows in order, each with the guarantees that apply to it. */
  constructor(promises: ReadonlyMap<string, readonly Column[]>) {
    this.#rows = new Map(
      [...promises].map(([row, kept]) => [row, new Map(kept.map((column) => [column, { checks: 0, failures: [] }]))]),
    );
  }

  applies(row: string, column: Column): boolean {
    return this.#rows.get(row)?.has(column) ?? false;
  }

  /** Records whether a guarantee was kept. Throws when it does not apply to the row. */
  check(row: string, column: Column, isKept: boolean, why: () => string): void {
    const cell = this.#rows.get(row)?.get(column);
    if (cell === undefined) throw new Error(`"${column}" does not apply to ${row}`);
    cell.checks += 1;
    if (!isKept) cell.failures.push(why());
  }

  /** Each broken guarantee, with the reason. */
  get broken(): string[] {
    return this.#all().flatMap(({ row, column, cell }) => cell.failures.map((why) => `${row} | ${column}: ${why}`));
  }

  /** Guarantees that were never checked: a test that checks nothing must not pass. */
  get unseen(): string[] {
    return this.#all().flatMap(({ row, column, cell }) => (cell.checks === 0 ? [`${row} | ${column}`] : []));
  }

  #all(): { row: string; column: Column; cell: Cell }[] {
    return [...this.#rows].flatMap(([row, cells]) => [...cells].map(([column, cell]) => ({ row, column, cell })));
  }

  toString(): string {
    const width = Math.max(...[...this.#rows.keys()].map((row) => row.length));
    const sign = (cell: Cell | undefined) => {
      if (cell === undefined) return '–';
      if (cell.checks === 0) return '?';
      return cell.failures.length === 0 ? '✓' : '✗';
    };
    const line = (row: string, cells: readonly string[]) =>
      [row.padEnd(width), ...cells.map((cell, index) => cell.padEnd(columns[index]?.length ?? 0))]
        .join(' | ')
        .trimEnd();
    const checks = this.#all().reduce((sum, { cell }) => sum + cell.checks, 0);
    return [
      line('endpoint', columns),
      line(
        '-'.repeat(width),
        columns.map((column) => '-'.repeat(column.length)),
      ),
      ...[...this.#rows].map(([row, cells]) =>
        line(
          row,
          columns.map((column) => sign(cells.get(column))),
        ),
      ),
      `${this.#rows.size} endpoints, ${checks} checks`,
    ].join('\n');
  }
}

/** One write of the load: its request, its key, and what is known about its outcome. */
export type Entity = 'downtime' | 'batch' | 'scrap' | 'money_leak' | 'line';
export type Request = {
  readonly entity: Entity;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** One of its texts contains the operation's mark, by which its effect is found. */
  readonly body: Readonly<Record<string, unknown>>;
};
export type Outcome =
  | { readonly outcome: 'ok'; readonly status: number; readonly text: string }
  | { readonly outcome: 'refused'; readonly status: number; readonly text: string }
  | { readonly outcome: 'unknown'; readonly why: string };
export type Operation = Request & {
  readonly mark: string;
  readonly key: string;
  readonly tenant: string;
  readonly result: Outcome;
  /** The number of times that it was sent. */
  readonly sent: number;
};

/** The row in the answer to an operation. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number };
export const rowOf = (operation: Operation): Row | undefined =>
  operation.result.outcome === 'ok' ? (JSON.parse(operation.result.text) as Row) : undefined;

/** Marks are found in texts. All have the same length, so that no mark is the beginning of another. */
export const MARK = /op-\d{2}-\d{6}/g;
export const markOf = (writer: number, turn: number): string =>
  `op-${String(writer).padStart(2, '0')}-${String(turn).padStart(6, '0')}`;
/** A text that only this tenant's data contains. */
export const belonging = (tenant: string): string => `of-${tenant}`;

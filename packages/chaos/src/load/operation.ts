/** One write of the load: what is sent under which key, and what is known of its outcome. */
export type Entity = 'downtime' | 'batch' | 'scrap' | 'money_leak' | 'line';
export type Request = {
  readonly entity: Entity;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Holds the operation's mark in one of its texts, by which its effect is found again. */
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
  /** How often it was sent. */
  readonly sent: number;
};

/** The row that an operation was answered with. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number };
export const rowOf = (operation: Operation): Row | undefined =>
  operation.result.outcome === 'ok' ? (JSON.parse(operation.result.text) as Row) : undefined;

/** Marks are found in texts: none is the beginning of another. */
export const MARK = /op-\d{2}-\d{6}/g;
export const markOf = (writer: number, turn: number): string => `op-${String(writer).padStart(2, '0')}-${String(turn).padStart(6, '0')}`;
/** Which tenant's data a text is: what one tenant sends never says this of another. */
export const belonging = (tenant: string): string => `of-${tenant}`;

declare const outputOf: unique symbol;

/**
 * An output as JSON text, as PostgreSQL wrote it. It is sent to the client as it is: nobody parses it on the way.
 * `version` is that of the row, which becomes its ETag; a list has none.
 */
export class JsonText<Output = unknown> {
  readonly text: string;
  readonly version: number | undefined;
  declare readonly [outputOf]?: Output;

  constructor(text: string, version?: number) {
    this.text = text;
    this.version = version;
  }

  /** The output as an object. */
  parse(): Output {
    return JSON.parse(this.text) as Output;
  }
}

/** Splits a stream of bytes into lines with a bounded buffer, so that a file may have any length. */

/** A line with its number in the file and the bytes read up to its end. */
export type TextLine = { readonly number: number; readonly bytesRead: number } & (
  | { readonly text: string }
  | { readonly fault: string }
);

/** A longer line does not fit into a NATS message. */
const LONGEST_LINE_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Yields every line that is not blank. Accepts LF, CRLF, a byte order mark, and a last line without an end. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE_BYTES,
): AsyncGenerator<TextLine> {
  const line = new LineBuffer(longest);
  let [number, bytesRead] = [0, 0];
  const finished = function* (): Generator<TextLine> {
    number += 1;
    const content = line.take();
    if (!('text' in content) || content.text.trim() !== '') yield { number, bytesRead, ...content };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      bytesRead += end + 1 - start;
      yield* finished();
      start = end + 1;
    }
    line.add(chunk.subarray(start));
    bytesRead += chunk.length - start;
  }
  if (!line.isEmpty) yield* finished();
}

/** The bytes of the current line. Of a line that is too long only the length is kept. */
class LineBuffer {
  readonly #longest: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= this.#longest) this.#parts.push(part);
    else this.#parts = [];
  }

  take(): { text: string } | { fault: string } {
    const [parts, length] = [this.#parts, this.#length];
    [this.#parts, this.#length] = [[], 0];
    if (length > this.#longest) return { fault: `is ${length} bytes long, more than any message may be` };
    try {
      return { text: this.#decoder.decode(Buffer.concat(parts)) };
    } catch {
      return { fault: 'is not UTF-8' };
    }
  }
}

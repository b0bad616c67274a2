import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLines, type TextLine } from './read-lines.ts';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}
async function read(
  text: string | Uint8Array,
  { sizes = [], longest }: { sizes?: readonly number[]; longest?: number } = {},
) {
  const lines: TextLine[] = [];
  for await (const line of readLines(chunked(Buffer.from(text as string), sizes), longest)) lines.push(line);
  return lines;
}

describe('lines of a file', () => {
  test('do not depend on how the bytes are split into pieces', async () => {
    const anyText = fc
      .array(fc.constantFrom('{"a":1}', 'é€😀', '', ' ', '\r', 'x'.repeat(30)), { maxLength: 20 })
      .map((parts) => parts.join('\n'));
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), async (text, sizes) => {
        const wanted = text
          .split('\n')
          .flatMap((line, index) => (line.trim() === '' ? [] : [{ number: index + 1, text: line }]));
        expect(
          (await read(text, { sizes })).map(({ number, ...line }) => ({
            number,
            text: 'text' in line ? line.text : '',
          })),
        ).toEqual(wanted);
      }),
    );
  });

  test('have their number in the file: blank lines count, and the last line may have no end', async () => {
    expect(await read('\uFEFFa\r\n\n  \nb')).toEqual([
      { number: 1, bytesRead: 6, text: 'a\r' },
      { number: 4, bytesRead: 11, text: 'b' },
    ]);
  });

  test('have the number of bytes read up to their end', async () => {
    expect((await read('aa\nbb\ncc\n', { sizes: [1, 1, 4] })).map(({ bytesRead }) => bytesRead)).toEqual([3, 6, 9]);
  });

  test('longer than any message yield a fault, and the next line is read', async () => {
    expect(await read(`${'x'.repeat(50)}\nok`, { longest: 10, sizes: [9, 9] })).toEqual([
      { number: 1, bytesRead: 51, fault: 'is 50 bytes long, more than any message may be' },
      { number: 2, bytesRead: 53, text: 'ok' },
    ]);
  });

  test('that are not UTF-8 yield a fault, and the next line is read', async () => {
    const lines = await read(Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from('ok')]));
    expect(lines).toEqual([
      { number: 1, bytesRead: 3, fault: 'is not UTF-8' },
      { number: 2, bytesRead: 5, text: 'ok' },
    ]);
  });
});

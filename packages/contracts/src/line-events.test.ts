import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ingestKinds, ingestSubject, ownerOfKind, readLineEvent } from './line-events.ts';

const subject = (kind: string, line = 'L1') => ingestSubject('akron', line, kind);
const read = (kind: string, body: unknown, line?: string) =>
  readLineEvent(subject(kind, line), typeof body === 'string' ? body : JSON.stringify(body));
const reasonOf = (kind: string, body: unknown, line?: string): string => {
  const outcome = read(kind, body, line);
  return outcome.ok ? 'it was read' : outcome.unusable.reason;
};

const count = { id: 'e-1', at: '2026-03-02T08:00:00.000Z', good: 12 };
const ended = {
  id: 'e-2',
  downtime_ref: 'D-7',
  start_time: '2026-03-02T08:00:00.000Z',
  end_time: '2026-03-02T08:20:00.000Z',
};

describe('reading a line event', () => {
  test('a CloudEvent and the bare data with an id are the same event', () => {
    const { id, ...data } = count;
    const envelope = { specversion: '1.0', id, source: '/plc/7', type: 'count', time: '2026-03-02T09:00:00Z', data };
    expect(read('count', envelope)).toEqual(read('count', count));
    expect(read('count', count)).toEqual({
      ok: true,
      event: { tenant: 'akron', line: 'L1', kind: 'count', body: count },
      isBackfill: false,
    });
  });

  test('with backfill it is the same event, sent late on purpose', () => {
    expect(read('count', { ...count, backfill: true })).toEqual({ ...read('count', count), isBackfill: true });
    expect(read('count', { ...count, backfill: false })).toEqual(read('count', count));
    expect(reasonOf('count', { ...count, backfill: 'yes' })).toBe('backfill: must be true or false');
  });

  test('the id of the envelope counts, not the one in its data', () => {
    const outcome = read('count', { specversion: '1.0', id: 'outer', data: { ...count, id: 'inner' } });
    expect(outcome).toMatchObject({ ok: true, event: { body: { id: 'outer' } } });
  });

  test('times of any zone are the same instant in UTC', () => {
    expect(read('count', { ...count, at: '2026-03-02T13:30:00+05:30' })).toEqual(read('count', count));
  });

  test('blanks, control characters, another form of accents and the noise of floats make no other event', () => {
    const noisy = { ...count, id: ' e-1\u0000', good: 12.000000000000002, batch_number: 'Gro\u0308\u00dfe \r' };
    expect(read('count', noisy)).toEqual(read('count', { ...count, batch_number: 'Gr\u00f6\u00dfe' }));
  });

  test('a body that names the tenant of the subject is read without that field', () => {
    expect(read('count', { ...count, tenant_id: 'akron' })).toEqual(read('count', count));
  });

  test('every kind has an owner; production rejects unknown kinds', () => {
    expect(Object.entries(ingestKinds).every(([kind, { owner }]) => ownerOfKind(kind) === owner)).toBe(true);
    expect(ownerOfKind('toString')).toBe('production');
  });
});

describe('a line event that can never be applied names the field at fault', () => {
  test.each([
    ['malformed JSON', 'count', '{"id": "e-1", ', /JSON/],
    ['an array', 'count', [count], /one JSON object/],
    ['a JSON null', 'count', 'null', /one JSON object/],
    ['no id', 'count', { ...count, id: undefined }, /^id:/],
    ['an empty id', 'count', { ...count, id: '' }, /^id:/],
    ['an id of 201 characters', 'count', { ...count, id: 'x'.repeat(201) }, /^id:/],
    ['an id of blanks', 'count', { ...count, id: ' \n' }, /^id:/],
    ['an unknown field', 'count', { ...count, rejects: 3 }, /^rejects:/],
    ['an unknown kind', 'counts', count, /unknown kind "counts"/],
    ['five tokens too many', 'count.a.b.c.d.e', count, /unknown kind "count\.a\.b\.c\.d\.e"/],
    ['no kind at all', '', count, /unknown kind ""/],
    ['the tenant of somebody else', 'count', { ...count, tenant_id: 'globex' }, /^tenant_id/],
    ['a time without its zone', 'count', { ...count, at: '2026-03-02T08:00:00' }, /^at:.*zone/],
    ['the 30th of February', 'count', { ...count, at: '2026-02-30T08:00:00Z' }, /^at:/],
    ['a time before 2000', 'count', { ...count, at: '1999-12-31T23:59:59Z' }, /^at:.*2000/],
    ['a note of NUL', 'scrap', { id: 'e-3', at: count.at, quantity: 1, note: '\0' }, /^note:/],
    ['a lone surrogate', 'scrap', { id: 'e-3', at: count.at, quantity: 1, note: 'a\ud800b' }, /^note:/],
    ['a number that no unit is counted in', 'count', { ...count, good: 1e308 }, /^good: must be at most/],
    ['a number beyond JSON', 'count', '{"id":"e","at":"2026-03-02T08:00:00Z","good":1e999}', /^good:/],
    ['a number as text', 'count', { ...count, good: '12' }, /^good:/],
    ['scrap of nothing after rounding', 'scrap', { id: 'e-3', at: count.at, quantity: 1e-7 }, /^quantity:/],
    ['a negative count', 'count', { ...count, good: -1 }, /^good:/],
    ['scrap of nothing', 'scrap', { id: 'e-3', at: count.at, quantity: 0 }, /^quantity:/],
    ['a state without a name', 'state', { id: 'e-4', at: count.at, state: -1 }, /^state:/],
    [
      'an end before its start',
      'downtime.ended',
      { ...ended, end_time: '2026-03-02T07:59:59Z' },
      /^end_time: must be after/,
    ],
    ['an end at its start', 'downtime.ended', { ...ended, end_time: ended.start_time }, /^end_time: must be after/],
    ['an end of no known stop', 'downtime.ended', { id: 'e-2', end_time: ended.end_time }, /^downtime_ref:/],
  ])('%s', (_what, kind, body, reason) => expect(reasonOf(kind, body)).toMatch(reason));

  test('an invalid line code', () => {
    expect(reasonOf('count', count, 'L 1')).toMatch(/line code/);
    expect(reasonOf('count', count, 'x'.repeat(65))).toMatch(/line code/);
  });

  test('a rejection names the id that was sent, so that the sender finds the event again', () => {
    expect(read('count', { ...count, good: -1 })).toMatchObject({
      unusable: { id: 'e-1', line: 'L1', kind: 'count', tenant: 'akron' },
    });
    expect(read('count', { ...count, id: 7 })).toMatchObject({ unusable: { id: null } });
  });

  test('each field at fault is named, not only the first', () => {
    const reason = reasonOf('count', { id: 'e', at: 'noon', good: -1, colour: 'red' });
    for (const field of ['at:', 'good:', 'colour:']) expect(reason).toContain(field);
  });
});

describe('no message can break the reader', () => {
  const kinds = fc.oneof(fc.constantFrom(...Object.keys(ingestKinds)), fc.string());
  test.each([
    ['any text', fc.string({ unit: 'binary' })],
    ['any JSON', fc.json({ maxDepth: 8 })],
    [
      'any fields',
      fc.object({ withNullPrototype: true, maxDepth: 2 }).map((body) => JSON.stringify({ ...count, ...body })),
    ],
  ])('%s is read or refused with a reason', (_what, payloads) => {
    let refused = 0;
    fc.assert(
      fc.property(kinds, payloads, (kind, payload) => {
        const outcome = readLineEvent(subject(kind), payload);
        if (outcome.ok) return;
        refused += 1;
        expect(outcome.unusable.reason).not.toBe('');
      }),
    );
    expect(refused).toBeGreaterThan(20);
  });

  test('a deep or long message is refused without an error', () => {
    expect(reasonOf('count', '['.repeat(60_000))).toMatch(/JSON/);
    expect(reasonOf('count', `{"id":"e","at":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)).toMatch(/at:/);
    expect(
      reasonOf('count', Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, n]))).length,
    ).toBeLessThanOrEqual(2000);
  });
});

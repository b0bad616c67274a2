import { expect, test } from '@jest/globals';
import { actorOf } from './actor-of.ts';

test.each(['ada', 'auth0|5f7c8ec7c33c6c004bbafe82', 'Zoë Ängström', '佐藤', 'ada@lines.example', 'servicedesk: ada'])(
  '"%s" is an author',
  (subject) => expect(actorOf(subject)).toBe(subject),
);

test.each([
  ['no subject', undefined],
  ['nothing', ''],
  ['spaces', '   '],
  ['201 characters', 'x'.repeat(201)],
  ['a control character', 'ada\u0000'],
  ['a line separator', 'ada\u2028'],
  ['half of a character', 'ada\ud800'],
  ['a reserved name', 'api-key:0123:historian'],
  ['a reserved name in capitals', 'API-KEY:0123:historian'],
  ['a reserved name after a space', ' service:money-leaks'],
  ['a reserved name before a space', 'Service :money-leaks'],
  ['a reserved name in full-width letters', '\uff4c\uff49\uff4e\uff45\uff1aL1'],
  ['a reserved name with an invisible character', 'ser\u200bvice:money-leaks'],
  ['text that is shown from right to left', '\u202eada'],
])('%s is refused as an author: 401', (_what, subject) =>
  expect(() => actorOf(subject)).toThrow(expect.objectContaining({ code: 'unauthenticated' })),
);

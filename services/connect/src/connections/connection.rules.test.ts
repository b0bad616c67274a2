import { expect, test } from '@jest/globals';
import { checkConnection } from './connection.rules.ts';

test('a password needs a user; a user needs no password', () => {
  expect(() => checkConnection({ username: null, has_password: true })).toThrow(
    expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ path: 'username' })] }),
  );
  expect(() => checkConnection({ username: 'plantops', has_password: true })).not.toThrow();
  expect(() => checkConnection({ username: 'plantops', has_password: false })).not.toThrow();
  expect(() => checkConnection({ username: null, has_password: false })).not.toThrow();
});

import { Problem, type ConnectionRow } from '@plantops/contracts';

/** Throws the problem of a connection that no broker could accept. */
export function checkConnection({ username, has_password }: Pick<ConnectionRow, 'username' | 'has_password'>): void {
  if (has_password && username === null)
    throw Problem.field('username', 'is required with a password: MQTT has no password without a user');
}

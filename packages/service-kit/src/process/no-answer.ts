/** The error about a variable that names a server which does not answer. */

const AWAY = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)/;

/** The line of a variable with the URL of a server that does not answer. It does not contain the URL's password. */
export function noAnswer(variable: string, server: 'PostgreSQL' | 'NATS', address: string): string {
  return `${variable}: no ${server} answers at ${new URL(address).host}: start it, or correct the variable`;
}

/** For `catch`: names the variable when the error is that the server does not answer. Throws other errors as they are. */
export const namingVariable =
  (...about: Parameters<typeof noAnswer>) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw AWAY.test(code) ? new Error(noAnswer(...about), { cause: error }) : error;
  };

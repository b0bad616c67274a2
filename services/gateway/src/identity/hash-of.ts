import { hash } from 'node:crypto';

/** The SHA-256 of a token or key, as hexadecimal text: what is remembered and stored instead of it. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex');

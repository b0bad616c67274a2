/** What a waiting line event waits for, as a clause that explains it. */
export function whyItWaits(key: string): string {
  const [what, ...rest] = key.split(':');
  if (rest.length > 0) return `${what} ${rest.join(' ')} is not known`;
  if (key === 'too_old') return 'it happened long before it arrived, and does not say "backfill": true';
  if (key === 'released') return 'it was released and waits for its turn';
  return 'it lies ahead of the clock';
}

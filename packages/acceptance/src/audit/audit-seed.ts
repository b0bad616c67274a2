/** PLANTOPS_AUDIT_SEED, else a fixed seed. It is printed, so that a failed run can be repeated. */
export function auditSeed(): number {
  const seed = Number(process.env['PLANTOPS_AUDIT_SEED'] ?? 543_729);
  process.stdout.write(`audit seed: ${seed} (PLANTOPS_AUDIT_SEED)\n`);
  return seed;
}

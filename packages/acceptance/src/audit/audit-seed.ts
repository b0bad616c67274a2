/** PLANTOPS_AUDIT_SEED, else the same each time; it is printed, so that a run that fails can be had again. */
export const auditSeed = (): number => {
  const seed = Number(process.env['PLANTOPS_AUDIT_SEED'] ?? 543_729);
  process.stdout.write(`audit seed: ${seed} (PLANTOPS_AUDIT_SEED)\n`);
  return seed;
};

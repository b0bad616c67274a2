/** PLANTOPS_AUDIT_SEED, else another one each time; it is printed, so that a run that fails can be had again. */
export const auditSeed = (): number => {
  const seed = Number(process.env['PLANTOPS_AUDIT_SEED'] ?? Date.now() % 1_000_000);
  process.stdout.write(`audit seed: ${seed} (PLANTOPS_AUDIT_SEED)\n`);
  return seed;
};

/** Checks every invariant of the plant, after the load. */
import type { Evidence } from './evidence.ts';
import { checkDeploy, WITHOUT_LOCK } from './invariants/deploy.ts';
import { checkEffects } from './invariants/effects.ts';
import type { Finding } from './invariants/finding.ts';
import { checkKeys } from './invariants/keys.ts';
import { checkMessages, checkVersions } from './invariants/messages.ts';
import { checkPoison } from './invariants/poison.ts';
import { checkSums } from './invariants/sums.ts';
import { checkTenants } from './invariants/tenants.ts';
import { checkWrites } from './invariants/writes.ts';

/** The check that sends requests again is the last: writes of unknown outcome may take effect by it. */
export const judge = async (evidence: Evidence, control: string | undefined): Promise<Finding[]> => [
  await checkWrites(evidence),
  await checkEffects(evidence),
  await checkSums(evidence),
  checkMessages(evidence),
  await checkPoison(evidence),
  await checkTenants(evidence),
  checkVersions(evidence),
  await checkDeploy(evidence.chaos, control === 'migration-without-lock' ? WITHOUT_LOCK : undefined),
  await checkKeys(evidence),
];

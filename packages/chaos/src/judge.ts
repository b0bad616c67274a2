/** Holds the plant against every invariant, after the load. */
import type { Evidence } from './evidence.ts';
import { checkDeploy, WITHOUT_LOCK } from './invariants/deploy.ts';
import { checkEffects } from './invariants/effects.ts';
import type { Finding } from './invariants/finding.ts';
import { checkKeys } from './invariants/keys.ts';
import { checkMessages, checkVersions } from './invariants/messages.ts';
import { checkSetAside } from './invariants/set-aside.ts';
import { checkSums } from './invariants/sums.ts';
import { checkWalls } from './invariants/walls.ts';
import { checkWrites } from './invariants/writes.ts';

/** The one that sends again comes last: what nobody knew of may take effect by it. */
export const judge = async (evidence: Evidence, control: string | undefined): Promise<Finding[]> => [
  await checkWrites(evidence),
  await checkEffects(evidence),
  await checkSums(evidence),
  checkMessages(evidence),
  await checkSetAside(evidence),
  await checkWalls(evidence),
  checkVersions(evidence),
  await checkDeploy(evidence.chaos, control === 'migration-without-lock' ? WITHOUT_LOCK : undefined),
  await checkKeys(evidence),
];

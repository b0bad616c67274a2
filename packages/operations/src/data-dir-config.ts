import { z } from 'zod';

/** The variable of every command that uses a plant's data directory. */
export const dataDirConfig = { PLANTOPS_DATA_DIR: z.string().min(1).default('.plantops') };

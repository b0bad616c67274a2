import { resolve } from 'node:path';
import { z } from 'zod';

/** Node never returns from making a directory below /proc. */
const NO_DISK = /^\/(proc|sys)(\/|$)/;

/** The variable of every command that uses a plant's data directory. */
export const dataDirConfig = {
  PLANTOPS_DATA_DIR: z
    .string()
    .min(1, 'must be the path of a directory')
    .refine((path) => !/\p{Cc}/u.test(path), 'must be a path without line breaks and other control characters')
    .refine((path) => !NO_DISK.test(resolve(path)), 'must be a directory on a disk, not one below /proc or /sys')
    .default('.plantops'),
};

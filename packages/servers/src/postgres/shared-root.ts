/**
 * Files of plants that root started and that another user must reach, when that user cannot reach the plant's
 * directory.
 */
export const SHARED_ROOT = '/var/lib/plantops';

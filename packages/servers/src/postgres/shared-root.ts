/** Where root's plants keep what a user other than root must reach, when it cannot reach the plant's own directory. */
export const SHARED_ROOT = '/var/lib/plantops';

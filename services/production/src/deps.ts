export type { Base as Deps } from '@plantops/backbone';

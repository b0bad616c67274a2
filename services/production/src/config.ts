export { readDataConfig as readConfig } from '@plantops/service-kit';

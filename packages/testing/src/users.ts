import { serviceNames, type ServiceName } from '@plantops/contracts';

/** Everybody's password in tests; their permissions are the real ones. */
export const PASSWORD = 'password-for-tests-only-0123456789';
export const TEST_TENANTS = ['akron', 'globex'];

export const natsUsers = (tenants: readonly string[]) => ({
  provisioner: PASSWORD,
  services: Object.fromEntries(serviceNames.map((name) => [name, PASSWORD])) as Record<ServiceName, string>,
  edges: Object.fromEntries(tenants.map((tenant) => [tenant, PASSWORD])),
});

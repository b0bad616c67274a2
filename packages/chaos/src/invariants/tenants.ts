/** I6: no row of a tenant contains data of another tenant: neither its texts nor the ids of its lines and products. */
import pg from 'pg';
import type { Evidence } from '../evidence.ts';
import { belonging } from '../load/operation.ts';
import type { Finding } from './finding.ts';

export async function checkTenants({ tables, tenants, data }: Evidence): Promise<Finding> {
  const breaches: string[] = [];
  const tenantTables = await tables.having('tenant_id');
  for (const tenant of tenants) {
    const foreign = tenants.flatMap((other) =>
      other === tenant ? [] : [belonging(other), data.productIds[other] as string, ...Object.values(data.lines[other] ?? {})],
    );
    for (const { service, table } of tenantTables) {
      const [found] = await tables.query<{ n: string; example: string }>(
        service,
        `select count(*) as n, left(min(t::text), 300) as example
         from ${pg.escapeIdentifier(table)} t
         where tenant_id = $1 and t::text ~ $2`,
        [tenant, foreign.join('|')],
      );
      if (found?.n !== '0')
        breaches.push(`${found?.n} rows of ${tenant} in ${service}.${table} contain another tenant's data: ${found?.example}`);
    }
  }
  return { name: 'I6', promise: 'no row has data of another tenant', looked: tenantTables.length * tenants.length, breaches };
}

/**
 * Makes the PostgreSQL form of the models in prisma/schema.prisma: another provider, another output folder, and no
 * second copy of the Pothos types, which are the same for both.
 */
export function toPostgresqlSchema(sqliteSchema: string, clientOutput: string): string {
  return sqliteSchema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../src/base/database/generated/sqlite"', JSON.stringify(`./${clientOutput}`))
    .replace(/generator pothos \{[^}]*\}\n/, '');
}

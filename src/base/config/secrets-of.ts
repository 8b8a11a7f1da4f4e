import type { Settings } from './settings.ts';

/** Lists what must never be shown of the settings and of the environment that libraries read. */
export function secretsOf(settings: Settings, env: NodeJS.ProcessEnv): string[] {
  const { copypartyPassword, jwt, databaseUrl, databaseConnections, metricsToken } = settings;
  const secrets: (string | undefined)[] = [
    copypartyPassword,
    jwt !== null && 'secret' in jwt.key ? jwt.key.secret : undefined,
    metricsToken,
    ...passwordsOf(databaseUrl),
    ...passwordsOf(databaseConnections.directUrl ?? ''),
    env.AWS_SECRET_ACCESS_KEY,
    env.AWS_SESSION_TOKEN,
    // A list such as `api-key=abc,other=def`.
    ...headerValuesOf(env.OTEL_EXPORTER_OTLP_HEADERS),
    ...headerValuesOf(env.OTEL_EXPORTER_OTLP_TRACES_HEADERS),
    env.MEDIASHELF_TOKEN,
  ];
  return secrets.filter((secret): secret is string => secret !== undefined && secret !== '');
}

function passwordsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { password } = new URL(url);
  return password === '' ? [] : [password, safelyDecoded(password)];
}

function headerValuesOf(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap((header) => {
    const value = header.slice(header.indexOf('=') + 1).trim();
    return header.includes('=') ? [value, safelyDecoded(value)] : [];
  });
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // it is not escaped, then
  }
}

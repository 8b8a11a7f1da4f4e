import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { environmentSchema } from '../../src/base/config/settings-schema.ts';
import { environmentOf, readDockerfile, type Stage } from './read-dockerfile.ts';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  ports?: string[];
  user?: string;
  volumes: string[];
  [key: string]: unknown;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = await readFile(join(root, 'compose.yaml'), 'utf8');
const compose = parse(text) as { services: Record<'mediashelf' | 'copyparty', Service>; volumes: object };
const { mediashelf, copyparty } = compose.services;
const image = (await readDockerfile(join(root, 'Dockerfile'))).at(-1) as Stage;

it('gives each service no more than it needs', () => {
  const locked = { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], tmpfs: ['/tmp'] };
  for (const service of Object.values(compose.services)) {
    expect(service).toMatchObject(locked);
    expect(service).not.toHaveProperty('privileged');
    expect(service).not.toHaveProperty('cap_add');
  }
  // Only this machine reaches it, and copyparty by it alone.
  expect(mediashelf.ports).toEqual([`127.0.0.1:4000:${environmentOf(image).PORT}`]);
  expect(copyparty.ports).toBeUndefined();
});

it('uses settings that the service has, with values that it takes', () => {
  const environment = mediashelf.environment ?? {};
  expect(Object.keys(environment).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  expect(environmentSchema.safeParse({ ...environmentOf(image), ...environment }).error).toBeUndefined();
  // Also those that are only proposed.
  const proposed = Array.from(text.matchAll(/^ *# ([A-Z_]+):/gm), ([, name]) => name ?? '');
  expect(proposed).toEqual(['JWT_JWKS_URL', 'TRUSTED_PROXIES']);
  expect(proposed.filter((name) => !(name in environmentSchema.shape))).toEqual([]);
});

it('holds no password: both services are given the same one from outside', () => {
  const given = '${COPYPARTY_PASSWORD:?set it in .env}';
  expect(mediashelf.environment?.COPYPARTY_PASSWORD).toBe(given);
  expect(copyparty.command).toContain(`mediashelf:${given}`);
  for (const { environment = {} } of Object.values(compose.services)) {
    const secrets = Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|KEY/.test(name));
    expect(secrets.filter(([, value]) => !/^\$\{\w+:\?[^}]*\}$/.test(value))).toEqual([]);
  }
});

it('shares the media folder under the same name and user, and keeps state in volumes', () => {
  const media = '${MEDIA:?the folder with your media, set it in .env}:/media';
  expect(mediashelf.volumes).toContain(media);
  expect(copyparty.volumes).toContain(media);
  expect(image.instructions).toContainEqual({ name: 'USER', text: copyparty.user });
  expect(copyparty.command).toContain('/media::rwmda,mediashelf');
  const { DATA_DIR, LOG_DIR, MEDIA_CONFIG } = environmentOf(image);
  expect(mediashelf.volumes).toEqual(expect.arrayContaining([`data:${DATA_DIR}`, `logs:${LOG_DIR}`]));
  expect(MEDIA_CONFIG).toMatch(/^\/config\//);
  expect(mediashelf.volumes).toContain('./config:/config:ro');
  expect(Object.keys(compose.volumes)).toEqual(['data', 'logs', 'copyparty']);
});

it('starts copyparty so that it bans nobody, and asks it what needs no password', () => {
  const { command = [], healthcheck } = copyparty;
  for (const cause of ['pw', '403', '404', '422', 'url']) {
    expect(command[command.indexOf(`--ban-${cause}`) + 1]).toBe('no');
  }
  expect(healthcheck?.test).toEqual(['CMD', 'wget', '--spider', '-q', 'http://127.0.0.1:3923/.cpr/ico/x']);
});

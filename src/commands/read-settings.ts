import { resolve } from 'node:path';
import { loadEnvFile } from '../base/config/load-env-file.ts';
import { settingDescriptions } from '../base/config/setting-descriptions.ts';
import { loadSettings, type Settings } from '../base/config/settings.ts';

/** Reads the settings of this process from `.env` in the working folder and from the environment, which wins. */
export function readSettings(overrides: Record<string, string> = {}): Settings {
  loadEnvFile(resolve('.env'));
  return loadSettings({ ...process.env, ...overrides }, process.cwd());
}

/** Formats the settings as a table for help texts. */
export function describeSettings(): string {
  const width = Math.max(...settingDescriptions.map(({ variable }) => variable.length)) + 2;
  const lines = settingDescriptions.map(
    ({ variable, default: value, meaning }) => `  ${variable.padEnd(width)}${meaning} (${value})`,
  );
  return `\nSettings, from the environment or a file .env (default in brackets):\n${lines.join('\n')}\n`;
}

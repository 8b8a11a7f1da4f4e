import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const service = process.env.MEDIASHELF_URL ?? 'http://127.0.0.1:4000';
const routesOfTheService = ['/graphql', '/session', '/media', '/archive', '/proxies', '/images', '/uploads', '/jobs'];

// Vite wants a default export.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Relative to the base of index.html: the service may be seen below any path.
  base: './',
  plugins: [nameDocuments(), react(), compressAssets(), addDocuments()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // Those that know light-dark(), which takes its colour where it is used and not where it is named.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The policy of the page allows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: 'manifest.json',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        // What the first picture waits for is one file: every page that shares a little of it would cut it into more, each with a
        // line in index.html.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      routesOfTheService.map((path) => [path, { target: service, ws: path === '/graphql', bypass: pageItself }]),
    ),
  },
});

/** A browser that asks for a page gets this one, also at an address that the service has too. */
function pageItself({ headers, url }: IncomingMessage): string | undefined {
  return headers.accept?.includes('text/html') === true && url !== '/graphql' ? '/index.html' : undefined;
}

/**
 * Puts the generated document in the place of each `graphql()` with its text: what is sent is a hash, and the texts would be
 * a twentieth of all that the first picture waits for.
 */
function nameDocuments(): Plugin {
  const call = /graphql\(\s*\/\* GraphQL \*\/ `\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;
  const generated = fileURLToPath(new URL('generated/graphql.ts', import.meta.url));
  return {
    name: 'name-documents',
    enforce: 'pre',
    transform(code, id) {
      if (id === generated || !/\.tsx?$/.test(id) || !code.includes('graphql(')) return null;
      const names = new Set<string>();
      const replaced = code
        .replaceAll(call, (_text, kind: string, name: string) => {
          const document = `${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`;
          names.add(document);
          return `generated_${document}`;
        })
        .replace(/import \{ graphql \} from '[^']*gql\.ts';/, '');
      if (names.size === 0) return null;
      const imported = [...names].map((name) => `${name} as generated_${name}`).join(', ');
      // On the line that is left empty, so that the others keep their numbers.
      return { code: `import { ${imported} } from ${JSON.stringify(generated)}; ${replaced}`, map: null };
    },
  };
}

/** Puts the documents that the page names by their hashes beside it, for the service. */
function addDocuments(): Plugin {
  return {
    name: 'add-documents',
    apply: 'build',
    async generateBundle() {
      const source = await readFile(new URL('generated/persisted-documents.json', import.meta.url));
      this.emitFile({ type: 'asset', fileName: 'persisted-documents.json', source });
    },
  };
}

/** Writes `.br` and `.gz` beside every text that is worth it: the service compresses nothing while it answers. */
function compressAssets(): Plugin {
  const compressible = /^assets\/.*\.(?:js|css|svg)$/;
  return {
    name: 'compress-assets',
    apply: 'build',
    // What is written is what all plugins have made of it.
    async writeBundle({ dir = '' }, bundle) {
      const paths = Object.keys(bundle)
        .filter((name) => compressible.test(name))
        .map((name) => join(dir, name));
      await Promise.all(paths.map(compress));
    },
  };
}

async function compress(path: string): Promise<void> {
  const source = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(source, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(source, { level: 9 }));
}

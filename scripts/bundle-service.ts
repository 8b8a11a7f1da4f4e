import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * What stays in node_modules: packages with native parts or with files that they look for beside themselves, and large
 * ones that few installations ever load.
 */
const leftOutside = [
  'better-sqlite3',
  'pg',
  'pino',
  'piscina',
  'sharp',
  '@aws-sdk/*',
  '@graphql-yoga/render-graphiql',
  '@imagemagick/magick-wasm',
  '@parcel/watcher',
  '@seydx/*',
  'libheif-js',
  'mediainfo.js',
  'yazl',
];

/**
 * Makes dist/bundle: the service with its packages in few files, which start in a third of the time of two thousand ones.
 * What is imported dynamically stays a file of its own. Names are kept, lines are short, and there are source maps, for
 * `node --enable-source-maps`. Workers are started from the files of dist/ as they are. `dist/main.js` becomes the way in.
 */
export async function bundleService(root: string): Promise<void> {
  const [sources, compiled, output] = [resolve(root, 'src'), resolve(root, 'dist'), resolve(root, 'dist/bundle')];
  rmSync(output, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [resolve(sources, 'main.ts')],
    outdir: output,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: leftOutside,
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    // Packages written for CommonJS call `require` for the modules of Node.
    banner: { js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" },
    plugins: [standWhereCompiled(sources, compiled, output), keepWasmInFiles(), refuseLatePackages(sources)],
  });
  writeFileSync(resolve(compiled, 'main.js'), entry);
}

const entry = `// The bundle starts in a third of the time that the modules of this folder take; of Node 22 on, what it compiled is kept.
import module from 'node:module';
module.enableCompileCache?.();
await import('./bundle/main.js');
`;

/**
 * Lets modules that look for files from where they stand, such as the migrations, find them: they are told the place that
 * the compiler gives them in dist/.
 */
function standWhereCompiled(sources: string, compiled: string, output: string): Plugin {
  return {
    name: 'stand-where-compiled',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(sources)) return undefined;
        const place = relative(output, resolve(compiled, relative(sources, path)).replace(/\.ts$/, '.js'));
        const url = `new URL(${JSON.stringify(place.replaceAll('\\', '/'))}, import.meta.url).href`;
        const text = inLatin1(readFileSync(path, 'utf8'));
        return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
      });
    },
  };
}

/**
 * Refuses a package that our code imports when it needs it and that would be joined to the bundle: of one written for CommonJS
 * such an import would have no names. What is outside is not asked for.
 */
function refuseLatePackages(sources: string): Plugin {
  return {
    name: 'refuse-late-packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
        const hasNames = path.startsWith('node:') || path.endsWith('.mjs');
        const isOutside = leftOutside.some((name) => `${path}/`.startsWith(`${name.replace('/*', '')}/`));
        if (kind !== 'dynamic-import' || !importer.startsWith(sources) || hasNames || isOutside) return undefined;
        return { errors: [{ text: `${path} is imported late: name it among what is left outside the bundle.` }] };
      });
    },
  };
}

/**
 * Writes signs beyond Latin-1 as escapes: one of them makes V8 keep two bytes for each sign of a file. esbuild does so
 * itself, but for regular expressions, written as such or by String.raw, which read the escapes in the same way.
 */
function inLatin1(text: string): string {
  return text.replaceAll(/[\u0100-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Writes Prisma's compiler of queries to a file, and gives Prisma its bytes: as a text in Base64, which is how it comes, it
 * would stay in memory twice for as long as the service runs. Prisma passes what it is given to `Buffer.from`.
 */
function keepWasmInFiles(): Plugin {
  return {
    name: 'keep-wasm-in-files',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\.wasm-base64\.mjs$/, namespace: 'file' }, ({ path }) => ({
        contents: `import { readFileSync } from 'node:fs';
          import file from ${JSON.stringify(`bytes-of:${path}`)};
          export const wasm = readFileSync(new URL(file, import.meta.url));`,
      }));
      onResolve({ filter: /^bytes-of:/ }, ({ path }) => ({
        path: path.slice('bytes-of:'.length).replace(/-base64\.mjs$/, ''),
        namespace: 'bytes-of',
      }));
      onLoad({ filter: /./, namespace: 'bytes-of' }, ({ path }) => {
        const [, base64] = /const wasm = "([^"]+)"/.exec(readFileSync(`${path}-base64.mjs`, 'utf8')) ?? [];
        if (base64 === undefined) throw new Error(`${path} has no WebAssembly as it used to be written.`);
        return { contents: Buffer.from(base64, 'base64'), loader: 'file' };
      });
    },
  };
}

import type { GraphiQLOptions } from 'graphql-yoga';

/**
 * Renders the page of GraphiQL, whose tabs react to the first click, with a field for the token above it: typed once, it goes with the operations of all tabs
 * until the browser's tab is closed. Headers that a tab has itself come first.
 *
 * The page has nine megabytes of scripts, a second of each start: it is loaded when a browser asks for it.
 */
export async function renderGraphiQLPage(options?: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return withTokenField(renderGraphiQL(options));
}

const root = '<div id="root"></div>';

function withTokenField(page: string): string {
  return page.replace(root, () => `${tokenField}${root}`);
}

const tokenField = `<style>
  body { display: flex; flex-direction: column; height: 100vh; margin: 0; overflow: hidden; }
  #root { flex: 1; min-height: 0; height: auto; }
  #root .graphiql-container { height: 100%; }
  #access { display: flex; gap: 8px; align-items: center; padding: 6px 12px; font: 13px system-ui, sans-serif;
    background: #f3f3f6; color: #3b4b68; }
  #access input { flex: 0 1 28em; padding: 2px 6px; font: inherit; }
  @media (prefers-color-scheme: dark) { #access { background: #212a3b; color: #b7c2d7; } }
</style>
<form id="access">
  <label for="token">Token</label>
  <input id="token" type="password" autocomplete="off" placeholder="where access is configured; for all tabs">
</form>
<script>
  (() => {
    const key = 'mediashelf-token';
    const field = document.getElementById('token');
    document.getElementById('access').addEventListener('submit', (event) => event.preventDefault());
    field.value = sessionStorage.getItem(key) ?? '';
    field.addEventListener('change', () => {
      sessionStorage.setItem(key, field.value.trim());
      // The schema is read anew, as the new caller sees it; the tabs are kept.
      location.reload();
    });
    // The tabs can be dragged, and what recognises that swallows a click of the mouse: a press is enough.
    document.addEventListener('pointerdown', ({ button, target }) => {
      if (button === 0) target.closest?.('.graphiql-tab-button')?.click();
    });
    const send = globalThis.fetch;
    globalThis.fetch = (resource, options = {}) => {
      const headers = new Headers(options.headers);
      const isOwn = new URL(resource, location.href).origin === location.origin;
      const token = field.value.trim();
      if (isOwn && token !== '' && !headers.has('authorization')) headers.set('authorization', 'Bearer ' + token);
      return send(resource, { ...options, headers });
    };
  })();
</script>
`;

import { items } from './items.ts';

/** The frame of every page, and what may go wrong on any of them. */
export const frame = {
  name: 'mediashelf',
  nav: {
    label: 'Library',
    all: 'All',
    favourites: 'Favourites',
    trash: 'Trash',
    upload: 'Upload',
    proxies: 'Image proxies',
    duplicates: 'Duplicates',
    drop: 'Drop to upload',
    mayNotDrop: 'Only editors may upload here',
    work: 'Work',
    jobs: 'Work',
    scan: 'Scan',
    models: 'Models',
    migration: 'Migration',
    status: 'Status',
    graphiql: 'GraphiQL',
    skip: 'Skip to the list',
    openShort: 'Open to everybody',
    open: 'This service is open: everybody who reaches it is an administrator.',
  },
  account: {
    menu: 'Account and settings',
    signedInAs: (name: string, role: string) => `${name}, ${role.toLowerCase()}`,
    signOut: 'Sign out',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    keys: 'Keys',
    roles: { VIEWER: 'Viewer', EDITOR: 'Editor', ADMIN: 'Administrator' },
    settings: 'Settings',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Paste the token that you were given. It is kept in a cookie that scripts cannot read.',
    again: 'You are signed out. Sign in to go on: nothing is lost.',
    token: 'Token',
    stay: 'Stay signed in on this device',
    submit: 'Sign in',
    busy: 'Signing in',
    wait: (seconds: number) => `Too many wrong tokens. Try again in ${items(seconds, 'second')}.`,
  },
  failure: {
    unreachable: 'The service does not answer. What you see stays; the page tries again.',
    nonsense: 'Something else than mediashelf answers at this address.',
    busy: (seconds: number | null) =>
      seconds === null
        ? 'The service is busy. Trying again.'
        : `The service is busy. Trying again in ${items(seconds, 'second')}.`,
    partMissing: 'This part of the page could not be loaded: the service does not answer. Load it again when it does.',
    unknown: 'Something went wrong on this page. Nothing on the service was changed by it.',
    reload: 'Load the page again',
    detail: 'Detail',
    notFound: 'There is nothing at this address.',
    home: 'Go to the library',
    forRole: {
      EDITOR: (role: string) => `This page is for editors and administrators. You are signed in as ${role}.`,
      ADMIN: (role: string) => `This page is for administrators. You are signed in as ${role}.`,
    },
    updated: 'The service was updated. Load the page again to go on.',
  },
  palette: {
    title: 'Go to or do',
    hint: 'A place, an action, a title',
    groups: { places: 'Places', views: 'Saved views', actions: 'Actions', items: 'Items' },
    search: (text: string) => `Search for “${text}”`,
    nothing: 'Nothing is called that.',
  },
  help: {
    title: 'Keys',
    single: 'Keys of a single letter or sign. Off, only those with Ctrl, and arrows and the like, do something.',
    close: 'Close',
    groups: { go: 'Go', list: 'List', viewer: 'Viewer', player: 'Films and music', page: 'Page' },
  },
} as const;

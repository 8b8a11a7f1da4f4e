/**
 * Every kind of work that runs in the pool. A task is a pure function of paths and plain data in a `*.task.ts` file; it is
 * loaded when a worker first needs it.
 */
export const tasks = {
  walkCategory: () => import('../scan/walk/walk-category.task.ts').then((module) => module.walkCategory),
  probeFiles: () => import('../metadata/probe-files.task.ts').then((module) => module.probeFiles),
  hashFiles: () => import('../hashing/hash-files.task.ts').then((module) => module.hashFiles),
  makeTiers: () => import('../model-records/make-tiers.task.ts').then((module) => module.makeTiers),
  checkLegacyCopy: () => import('../legacy/check-legacy-copy.task.ts').then((module) => module.checkLegacyCopy),
  readLegacyPage: () => import('../legacy/read-legacy-page.task.ts').then((module) => module.readLegacyPage),
  renderProxy: () => import('../image-proxies/render-proxy.task.ts').then((module) => module.renderProxy),
  identifyFiles: () => import('../scan/plan/identify-files.task.ts').then((module) => module.identifyFiles),
  renderStoryboard: () =>
    import('../delivery/storyboards/render-storyboard.task.ts').then((module) => module.renderStoryboard),
  locateTiles: () => import('../delivery/storyboards/locate-tiles.task.ts').then((module) => module.locateTiles),
  makePlaceholders: () =>
    import('../delivery/placeholders/make-placeholders.task.ts').then((module) => module.makePlaceholders),
  convertSubtitle: () =>
    import('../delivery/companions/convert-subtitle.task.ts').then((module) => module.convertSubtitle),
  renderPicture: () => import('../delivery/posters/render-picture.task.ts').then((module) => module.renderPicture),
};

/**
 * The tasks that run in processes of their own: they decode what strangers made, in native code, which nothing ends but
 * the end of its process. The others run in threads.
 */
export const tasksInProcesses = [
  'renderPicture',
  'makePlaceholders',
  'renderStoryboard',
  'locateTiles',
  'renderProxy',
  'makeTiers',
  'probeFiles',
] as const;

export type TaskName = keyof typeof tasks;
type Task<N extends TaskName> = Awaited<ReturnType<(typeof tasks)[N]>>;
export type TaskInput<N extends TaskName> = Parameters<Task<N>>[0];
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<Task<N>>>;

import { createHash } from 'node:crypto';

/**
 * The names of files and folders that systems and programs leave beside media, by who leaves them. A `*` stands for any
 * characters but a slash, `[0-9]` for one of these characters; upper and lower case do not matter. What lies in such a
 * folder is litter too. A name is listed only where no person gives it to what they want to keep: copies that are made
 * on conflicts, such as Syncthing's `x.sync-conflict-…`, are not.
 */
export const litterNames: Readonly<Record<string, readonly string[]>> = {
  macOS: [
    '._*',
    ':2e*',
    '.AppleDB',
    '.AppleDesktop',
    '.AppleDouble',
    '.DS_Store',
    '.DocumentRevisions-V100',
    '.HFS+ Private Directory Data*',
    '.LSOverride',
    '.MobileBackups*',
    '.PKInstallSandboxManager*',
    '.Spotlight-V100',
    '.TemporaryItems',
    '.Trash',
    '.Trashes',
    '.apdisk',
    '.com.apple.*',
    '.fseventsd',
    '.timemachine',
    '.vol',
    '__MACOSX',
    'Network Trash Folder',
    'Temporary Items',
    'TheFindByContentFolder',
    'TheVolumeSettingsFolder',
  ],
  Synology: [
    '#recycle',
    '#snapshot',
    '@S2S',
    '@SynoDrive*',
    '@SynoEAStream',
    '@SynoFinder*',
    '@appconf',
    '@appdata',
    '@apphome',
    '@appshare',
    '@appstore',
    '@apptemp',
    '@cloudsync',
    '@database',
    '@eaDir',
    '@img_bkp_cache',
    '@quarantine',
    '@sharebin',
    '@sharesnap',
    '@synologydrive',
    '@tmp',
    '.SynologyWorkingDirectory',
    'SYNOINDEX_MEDIA_INFO*',
    'SYNOPHOTO_THUMB*',
    'SYNOPHOTO_FILM*',
    'SYNOVIDEO_*',
    '*@SynoEAStream',
    '*@SynoResource',
  ],
  QNAP: ['.@__*', '.@analytic', '.@upload_cache', '.qpkg', '.streams', '@Recently-Snapshot', '@Recycle', '@Transcode'],
  'other storage devices': [
    '.Recycle.Bin',
    '.recycle',
    '.recycled',
    '.wd_hub',
    '.wd_tv',
    '.wdmc',
    '.wdcache',
    '_NAS_Recycle_*',
    'Network Recycle Bin*',
    'trashbox',
  ],
  Windows: [
    '$Extend',
    '$GetCurrent',
    '$RECYCLE.BIN',
    '$SysReset',
    '$WINDOWS.~*',
    'AlbumArtSmall.jpg',
    'AlbumArt_{*}_*',
    'Config.Msi',
    'FOUND.[0-9][0-9][0-9]',
    'RECYCLED/D[a-z][0-9]*',
    'RECYCLER/S-*',
    'System Volume Information',
    'Thumbs.db',
    'desktop.ini',
    'ehthumbs.db',
    'ehthumbs_vista.db',
  ],
  'Linux and Unix': [
    '.Trash-*',
    '.cache',
    '.directory',
    '.fuse_hidden*',
    '.gvfs',
    '.local/share/Trash',
    '.nfs0000*',
    '.sh_thumbnails',
    '.snapshot',
    '.snapshots',
    '.thumb',
    '.thumbnails',
    '.thumbs',
    '.xvpics',
    '.zfs',
    'lost+found',
  ],
  Android: ['.globalTrash', '.pending-[0-9]*', '.trashed-[0-9]*', 'LOST.DIR'],
  'sync tools': [
    '.849C9593-D756-4E56-8D6E-42412F2A707B',
    '.SyncArchive',
    '.SyncID',
    '.SyncIgnore',
    '.SyncTrash',
    '.dropbox',
    '.dropbox.attr',
    '.dropbox.cache',
    '.owncloudsync.log*',
    '.rsync-partial',
    '.rsync-tmp',
    '.stfolder*',
    '.stignore',
    '.stversions',
    '.sync',
    '.sync_*.db*',
    '.syncthing.*',
    '.tmp.drivedownload',
    '.tmp.driveupload',
    '.unison*',
    '.~tmp~',
    '~syncthing~*',
    '*.!sync',
    '*.bts',
    '.*.icloud',
  ],
  'programs for media': [
    '.actors',
    '.dtrash',
    '.grab',
    '.hist',
    '.picasaoriginals',
    '.photoprism',
    'ZbThumbnail.info',
    '*.lrdata',
    '*.trickplay',
  ],
  'unfinished downloads': ['*.!qB', '*.!ut', '*.aria2', '*.bc!', '*.crdownload', '*.part', '*.partial'],
};

const names = Object.values(litterNames).flat();
const endings = names.filter((name) => name.startsWith('*'));
const wholeNames = names.filter((name) => !name.startsWith('*'));
const hasLitterEnding = new RegExp(`(?:${endings.map((name) => expressionOf(name.slice(1))).join('|')})(?:/|$)`, 'i');
const hasLitterName = new RegExp(`(?:^|/)(?:${groupByFirstCharacter(wholeNames).join('|')})(?:/|$)`, 'i');

/** Changes when the names do: what was scanned by other names has to be looked at again. */
export const litterVersion = createHash('sha256').update(names.join('\0')).digest('hex').slice(0, 12);

/** Whether a name in the relative path is one that systems and programs leave beside media. */
export function isLitter(relativePath: string): boolean {
  return hasLitterName.test(relativePath) || hasLitterEnding.test(relativePath);
}

// A scan asks for every file: of a hundred alternatives in a row each would be tried at every slash.
function groupByFirstCharacter(all: readonly string[]): string[] {
  const firsts = new Set(all.map((name) => name.charAt(0).toLowerCase()));
  return [...firsts].map((first) => {
    const group = all.filter((name) => name.charAt(0).toLowerCase() === first);
    return `${expressionOf(first)}(?:${group.map((name) => expressionOf(name.slice(1))).join('|')})`;
  });
}

/** The regular expression of a name. Brackets mean the same in both. */
function expressionOf(name: string): string {
  return name.replaceAll(/[$()+.^{|}\\]/g, String.raw`\$&`).replaceAll('*', '[^/]*');
}

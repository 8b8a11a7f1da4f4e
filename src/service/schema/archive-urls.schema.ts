import { isStorableText } from '../../base/text.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { ArchiveItemsNotFoundError, ArchiveTooLargeError } from '../../library/delivery/archives/archive-errors.ts';
import type { PreparedSelection } from '../../library/delivery/archives/prepared-selections.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { MediaSelection, toSelection } from './media-selection.schema.ts';
import { signedArg } from './signed-arg.ts';

for (const [error, name, description] of [
  [ArchiveTooLargeError, 'ArchiveTooLargeError', 'The selection has more files than one archive takes.'],
  [ArchiveItemsNotFoundError, 'ArchiveItemsNotFoundError', 'Some IDs name no item, or one that is deleted.'],
] as const) {
  builder.objectType(error, { name, description, interfaces: [ErrorInterface] });
}

interface LinkedArchive extends PreparedSelection {
  url: string;
}

const PreparedArchive = builder.objectRef<LinkedArchive>('PreparedArchive').implement({
  description: 'An archive that can be downloaded, for a day.',
  fields: (t) => ({
    url: t.exposeString('url', {
      description: 'A path on this service. Without the signature in it, it is for whoever prepared it alone.',
    }),
    files: t.exposeInt('files', { description: 'How many files it has.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'Of all files together.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it is forgotten; a signature may end before.',
    }),
  }),
});

builder.mutationField('prepareArchive', (t) =>
  t.field({
    type: PreparedArchive,
    description:
      'Keeps a selection for a day, and answers where it can be downloaded as one zip, which is made while it is sent. What a filter means is settled now; what is missing is left out.',
    skipTypeScopes: true,
    authScopes: { viewer: true },
    args: {
      selection: t.arg({ type: MediaSelection, required: true, description: 'Which items: at most 20 000 files.' }),
      signed: t.arg(signedArg),
    },
    errors: {
      types: [InvalidInputError, UnknownCategoryError, ArchiveTooLargeError, ArchiveItemsNotFoundError],
      union: { name: 'PrepareArchiveResult', description: 'Where it is, or why there is none.' },
    },
    async resolve(_root, { selection, signed }, { imageProxies, preparedArchives, linkTo, requestedBy }) {
      const prepared = await preparedArchives.prepare(toSelection(selection, imageProxies), requestedBy);
      return { ...prepared, url: linkTo(`/archive?selection=${prepared.token}`, signed) };
    },
  }),
);

builder.queryFields((t) => ({
  archiveUrl: t.string({
    description: 'Where these items can be downloaded as one zip. A path on this service.',
    args: { ids: t.arg.idList({ required: true, description: 'The `id`s of media items, at most 1000.' }), signed: t.arg(signedArg) },
    resolve: (_root, { ids, signed }, { linkTo }) =>
      linkTo(`/archive?${ids.map((id) => `id=${encodePart('ids', id)}`).join('&')}`, signed),
  }),
  folderArchiveUrl: t.string({
    description: 'Where a folder of a category can be downloaded as a zip. A path on this service.',
    args: {
      category: t.arg.string({ required: true, description: 'Its key.' }),
      folder: t.arg.string({
        required: true,
        defaultValue: '',
        description: 'From the root of the category, with slashes; empty for all of it.',
      }),
      signed: t.arg(signedArg),
    },
    resolve: (_root, { category, folder, signed }, { linkTo }) =>
      linkTo(
        `/archive/${[encodePart('category', category), ...folder.split('/').map((name) => encodePart('folder', name))].join('/')}`,
        signed,
      ),
  }),
}));

/** Encodes a text for a URL. Throws InvalidInputError for half a character, which a URL cannot express, and for NUL. */
function encodePart(argument: string, text: string): string {
  if (isStorableText(text)) return encodeURIComponent(text);
  throw new InvalidInputError(argument, `\`${argument}\` has a NUL or half a character, which no name has.`);
}

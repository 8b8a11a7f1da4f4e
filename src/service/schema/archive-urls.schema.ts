import { isStorableText } from '../../base/text.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { signedArg } from './signed-arg.ts';

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

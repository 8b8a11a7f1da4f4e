import type { FacetName, FacetValue } from '../../library/catalogue/browsing/media-facets.ts';
import { builder } from './builder.ts';
import { MediaFilter, toMediaFilter } from './media-query.schema.ts';

const MediaFacet = builder.objectRef<FacetValue>('MediaFacet').implement({
  description: 'A value that items of a list have.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'As the filter of the same kind takes it.' }),
    count: t.exposeInt('count', { description: 'How many items have it.' }),
  }),
});

/** Those that are asked for at the same moment are counted together. */
interface AskedFacets {
  load(name: FacetName): Promise<FacetValue[]>;
}

const descriptions: Record<FacetName, string> = {
  categories: 'Keys of categories.',
  mediaTypes: 'Such as IMAGE.',
  statuses: 'Such as AVAILABLE; DELETED too.',
  extensions: 'Endings of filenames in lower case, such as "jpg".',
  years: 'Years of capture, by the clock of the place.',
  codecs: 'Codecs of first picture and sound tracks: a film counts for both.',
  resolutions: 'Such as UHD_4K.',
  tags: 'Tags that people gave; those that the filter asks for narrow the others.',
  favourites: '"true" and "false".',
  ratings: 'Ratings that people gave.',
  cameras: 'Models of cameras.',
};

const MediaFacetsObject = builder.objectRef<AskedFacets>('MediaFacets').implement({
  description: 'What the items of a list have, the most common values first: at most 50 of each kind.',
  fields: (t) => {
    const facet = (name: FacetName) =>
      t.field({ type: [MediaFacet], description: descriptions[name], resolve: (asked) => asked.load(name) });
    return {
      categories: facet('categories'),
      mediaTypes: facet('mediaTypes'),
      statuses: facet('statuses'),
      extensions: facet('extensions'),
      years: facet('years'),
      codecs: facet('codecs'),
      resolutions: facet('resolutions'),
      tags: facet('tags'),
      favourites: facet('favourites'),
      ratings: facet('ratings'),
      cameras: facet('cameras'),
    };
  },
});

builder.queryField('mediaFacets', (t) =>
  t.field({
    type: MediaFacetsObject,
    description:
      'What the items of a list have, counted by value. A kind of value is not narrowed by the filter of the same kind: beside the chosen one stand those that could be chosen too.',
    args: { filter: t.arg({ type: MediaFilter, description: 'As for `media`.' }) },
    resolve: (_root, { filter }, { catalogue, imageProxies, load }) => {
      const wanted = toMediaFilter(filter, imageProxies);
      return { load: load.together((names: readonly FacetName[]) => catalogue.facets.count(wanted, names)) };
    },
  }),
);

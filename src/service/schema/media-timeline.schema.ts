import type { MediaPlace } from '../../library/catalogue/find-place.ts';
import type { TimelineSection } from '../../library/catalogue/browsing/timeline.ts';
import { builder } from './builder.ts';
import { OrderDirection } from './media-enums.schema.ts';
import { expectMediaNumber } from './expect-media-number.ts';
import { MediaFilter, MediaOrder, toMediaFilter, toMediaOrder } from './media-query.schema.ts';

const TimelineUnit = builder.enumType('TimelineUnit', {
  description: 'How long the sections of a timeline are.',
  values: {
    DAY: { description: 'Such as 2014-03-05.' },
    MONTH: { description: 'Such as 2014-03.' },
    YEAR: { description: 'Such as 2014.' },
  } as const,
});

const MediaTimelineSection = builder.objectRef<TimelineSection>('MediaTimelineSection').implement({
  description: 'A day, a month or a year in which items were recorded, by the clock of the place.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Such as "2014-03"; it can be given to `orderBy.from`.' }),
    count: t.exposeInt('count', { description: 'How many items of the list are in it.' }),
    cursor: t.exposeString('cursor', {
      description:
        '`media` with the same filter, ordered by CAPTURED_AT in the same direction, goes on after it with the first item of the section.',
    }),
  }),
});

builder.queryField('mediaTimeline', (t) =>
  t.field({
    type: [MediaTimelineSection],
    description: 'When the items of a list were recorded, counted by section; sections without items are left out.',
    args: {
      filter: t.arg({ type: MediaFilter, description: 'As for `media`. Categories, types, statuses and companions cost nothing.' }),
      unit: t.arg({ type: TimelineUnit, required: true, defaultValue: 'MONTH', description: 'How long a section is.' }),
      direction: t.arg({
        type: OrderDirection,
        required: true,
        defaultValue: 'DESC',
        description: 'That of the list that it belongs to.',
      }),
    },
    resolve: (_root, { filter, unit, direction }, { catalogue, imageProxies }) =>
      catalogue.timeline(toMediaFilter(filter, imageProxies), { unit, direction }),
  }),
);

const MediaPlaceObject = builder.objectRef<MediaPlace>('MediaPlace').implement({
  description: 'Where an item stands in a list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'That of the item: its neighbours are after it and before it.' }),
    section: t.exposeString('section', {
      nullable: true,
      description: 'Its day in the timeline, such as "2014-03-05"; null where the list is not ordered by CAPTURED_AT.',
    }),
    index: t.exposeInt('index', {
      nullable: true,
      description: 'How many items of that day come before it in the list; null where there is no section.',
    }),
  }),
});

builder.queryField('mediaPlace', (t) =>
  t.field({
    type: MediaPlaceObject,
    nullable: true,
    description: 'Where an item stands in the list that `media` gives for the same filter and order; null where it is not in it.',
    args: {
      id: t.arg.id({ required: true, description: 'The `id` of a MediaItem.' }),
      filter: t.arg({ type: MediaFilter, description: 'As for `media`.' }),
      orderBy: t.arg({ type: MediaOrder, description: 'As for `media`; `from` does not matter.' }),
    },
    resolve: (_root, { id, filter, orderBy }, { catalogue, imageProxies }) =>
      catalogue.place(expectMediaNumber(id), toMediaFilter(filter, imageProxies), toMediaOrder(orderBy)),
  }),
);

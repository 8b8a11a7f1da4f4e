import { raw, sql } from '../../../base/database/sql.ts';
import type { Criterion } from './criterion.ts';

/** Whether an item has an image proxy of its present file for a profile as it is now, or is known to need one and has none. */
export interface ProxyCriterion {
  state: 'NEEDED' | 'MADE';
  profile: string;
  /** The profile's, in pixels: an image whose shorter side is longer needs a proxy. */
  shorterSide: number;
}

export function describeProxy({ state, profile, shorterSide }: ProxyCriterion): Criterion {
  const isMade = sql`EXISTS (
    SELECT 1 FROM image_proxies AS p WHERE p.media_item_id = m.id AND p.profile = ${profile}
      AND p.sha256 IS NOT NULL AND p.source_signature = m.signature AND p.target_dimension = ${shorterSide})`;
  if (state === 'MADE') {
    const candidates = sql`SELECT p.media_item_id AS id FROM image_proxies AS p
      WHERE p.profile = ${profile} AND p.media_item_id IS NOT NULL`;
    return { condition: isMade, plain: isMade, candidates: [candidates] };
  }
  const images = sql`SELECT id FROM shelves WHERE media_type = 'IMAGE' AND status = 'AVAILABLE'`;
  const condition = sql`${raw('+m.width')} > ${shorterSide} AND ${raw('+m.height')} > ${shorterSide}
    AND ${raw('+m.shelf_id')} IN (${images}) AND NOT ${isMade}`;
  return { condition, plain: condition, candidates: [] };
}

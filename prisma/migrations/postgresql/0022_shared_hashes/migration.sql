-- Keep in step with the SQLite migration of the same name.

-- Hashes that more than one item has, whatever its status or size, stand among the groups, under the category "*". They are
-- counted behind, with the groups, and until then the notes of what came say which hashes these may be.
DROP TRIGGER "media_duplicates_on_insert" ON "media_items";
DROP TRIGGER "media_duplicates_on_update" ON "media_items";
DROP FUNCTION "note_duplicate"();
DROP TABLE "media_duplicates";
INSERT INTO "duplicate_groups"("sha256", "size_bytes", "category", "item_count", "wasted_bytes")
SELECT "sha256", 0, '*', count(*), 0 FROM "media_items" WHERE "sha256" IS NOT NULL GROUP BY "sha256" HAVING count(*) > 1;

-- What failed may be a row of another database that has a hash: its model record is found by it.
ALTER TABLE "job_item_errors" ADD COLUMN "sha256" TEXT;

-- AlterTable
ALTER TABLE "media_items" ADD COLUMN "companion_of" INTEGER;
ALTER TABLE "media_items" ADD COLUMN "sidecar_signature" TEXT;

-- CreateTable
CREATE TABLE "companion_changes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root_category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL
);

-- Lists by the time of capture may leave companions out: the index says which they are, so none of their rows is read.
DROP INDEX "media_items_shelf_id_captured_at_id_idx";
CREATE INDEX "media_items_shelf_id_captured_at_id_idx" ON "media_items"("shelf_id", coalesce("captured_at", "modified_at"), "id", "companion_of");

-- The companions of an item.
CREATE INDEX "media_items_companion_of_idx" ON "media_items"("companion_of", "id") WHERE "companion_of" IS NOT NULL;

-- Where a file went, came back or moved, others may belong together in another way. New files are looked at when their
-- headers were read. While paths are exchanged, they begin with "//".
CREATE TRIGGER "media_items_companions_on_update" AFTER UPDATE OF "root_category", "relative_path", "shelf_id" ON "media_items"
WHEN old."shelf_id" <> new."shelf_id" OR old."relative_path" <> new."relative_path" OR old."root_category" <> new."root_category" BEGIN
  INSERT INTO "companion_changes"("root_category", "relative_path")
  SELECT old."root_category", old."relative_path" WHERE substr(old."relative_path", 1, 2) <> '//';
  INSERT INTO "companion_changes"("root_category", "relative_path")
  SELECT new."root_category", new."relative_path"
  WHERE substr(new."relative_path", 1, 2) <> '//'
    AND (old."relative_path" <> new."relative_path" OR old."root_category" <> new."root_category");
END;
CREATE TRIGGER "media_items_companions_on_delete" AFTER DELETE ON "media_items" BEGIN
  INSERT INTO "companion_changes"("root_category", "relative_path") VALUES (old."root_category", old."relative_path");
END;

-- What was read before.
INSERT INTO "companion_changes"("root_category", "relative_path")
SELECT "root_category", "relative_path" FROM "media_items" WHERE "probed_at" IS NOT NULL ORDER BY "id";

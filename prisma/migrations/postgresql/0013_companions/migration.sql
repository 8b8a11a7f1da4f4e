-- AlterTable
ALTER TABLE "media_items" ADD COLUMN     "companion_of" INTEGER,
ADD COLUMN     "sidecar_signature" TEXT;

-- CreateTable
CREATE TABLE "companion_changes" (
    "id" SERIAL NOT NULL,
    "root_category" TEXT NOT NULL,
    "relative_path" TEXT NOT NULL,

    CONSTRAINT "companion_changes_pkey" PRIMARY KEY ("id")
);

-- Lists by the time of capture may leave companions out: the index says which they are, so none of their rows is read.
DROP INDEX "media_items_shelf_id_captured_at_id_idx";
CREATE INDEX "media_items_shelf_id_captured_at_id_idx" ON "media_items"("shelf_id", coalesce("captured_at", "modified_at"), "id", "companion_of");

-- The companions of an item.
CREATE INDEX "media_items_companion_of_idx" ON "media_items"("companion_of", "id") WHERE "companion_of" IS NOT NULL;

-- Where a file went, came back or moved, others may belong together in another way. New files are looked at when their
-- headers were read. While paths are exchanged, they begin with "//".
CREATE FUNCTION "note_companions_of_updated"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "companion_changes"("root_category", "relative_path")
  SELECT DISTINCT * FROM (VALUES (OLD."root_category", OLD."relative_path"), (NEW."root_category", NEW."relative_path")) AS changed(category, path)
  WHERE substr(path, 1, 2) <> '//';
  RETURN NULL;
END $$;
CREATE FUNCTION "note_companions_of_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "companion_changes"("root_category", "relative_path") VALUES (OLD."root_category", OLD."relative_path");
  RETURN NULL;
END $$;
CREATE TRIGGER "media_items_companions_on_update" AFTER UPDATE OF "root_category", "relative_path", "shelf_id" ON "media_items"
  FOR EACH ROW WHEN (OLD."shelf_id" <> NEW."shelf_id" OR OLD."relative_path" <> NEW."relative_path" OR OLD."root_category" <> NEW."root_category")
  EXECUTE FUNCTION "note_companions_of_updated"();
CREATE TRIGGER "media_items_companions_on_delete" AFTER DELETE ON "media_items"
  FOR EACH ROW EXECUTE FUNCTION "note_companions_of_deleted"();

-- What was read before.
INSERT INTO "companion_changes"("root_category", "relative_path")
SELECT "root_category", "relative_path" FROM "media_items" WHERE "probed_at" IS NOT NULL ORDER BY "id";

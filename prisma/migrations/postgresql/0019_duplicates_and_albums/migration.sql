-- Keep in step with the SQLite migration of the same name.

-- CreateTable
CREATE TABLE "duplicate_changes" (
    "id" SERIAL NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "duplicate_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duplicate_groups" (
    "sha256" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL,
    "wasted_bytes" BIGINT NOT NULL,

    CONSTRAINT "duplicate_groups_pkey" PRIMARY KEY ("sha256","size_bytes","category")
);

-- CreateIndex
CREATE INDEX "duplicate_groups_category_wasted_bytes_sha256_size_bytes_idx" ON "duplicate_groups"("category", "wasted_bytes", "sha256", "size_bytes");

-- Where an item with a hash came, went or changed, its copies are counted anew, behind. A scan stores items without a hash,
-- and pays for nothing here.
CREATE FUNCTION "note_duplicates"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO "duplicate_changes"("sha256") SELECT OLD."sha256" WHERE OLD."sha256" IS NOT NULL;
    IF TG_OP = 'DELETE' OR OLD."sha256" IS NOT DISTINCT FROM NEW."sha256" THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO "duplicate_changes"("sha256") SELECT NEW."sha256" WHERE NEW."sha256" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "media_items_duplicates_on_insert" AFTER INSERT ON "media_items"
  FOR EACH ROW WHEN (NEW."sha256" IS NOT NULL) EXECUTE FUNCTION "note_duplicates"();
CREATE TRIGGER "media_items_duplicates_on_update" AFTER UPDATE OF "sha256", "shelf_id", "size_bytes" ON "media_items"
  FOR EACH ROW WHEN (OLD."sha256" IS DISTINCT FROM NEW."sha256"
    OR (NEW."sha256" IS NOT NULL AND (OLD."shelf_id" <> NEW."shelf_id" OR OLD."size_bytes" <> NEW."size_bytes")))
  EXECUTE FUNCTION "note_duplicates"();
CREATE TRIGGER "media_items_duplicates_on_delete" AFTER DELETE ON "media_items"
  FOR EACH ROW WHEN (OLD."sha256" IS NOT NULL) EXECUTE FUNCTION "note_duplicates"();

-- What was hashed before.
INSERT INTO "duplicate_changes"("sha256")
SELECT "sha256" FROM "media_items" WHERE "sha256" IS NOT NULL GROUP BY "sha256" HAVING count(*) > 1;

-- Songs by the albums that their tags name. A file that was just found has none, so a scan does not wait for the index.
ALTER TABLE "media_items" ADD COLUMN "album_order" TEXT COLLATE "C";
CREATE INDEX "media_items_shelf_id_album_order_id_idx" ON "media_items"("shelf_id", "album_order", "id") WHERE "album_order" IS NOT NULL;

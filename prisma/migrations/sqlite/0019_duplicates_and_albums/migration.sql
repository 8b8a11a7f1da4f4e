-- Keep in step with the PostgreSQL migration of the same name.

-- CreateTable
CREATE TABLE "duplicate_changes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sha256" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "duplicate_groups" (
    "sha256" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "item_count" INTEGER NOT NULL,
    "wasted_bytes" BIGINT NOT NULL,

    PRIMARY KEY ("sha256", "size_bytes", "category")
);

-- CreateIndex
CREATE INDEX "duplicate_groups_category_wasted_bytes_sha256_size_bytes_idx" ON "duplicate_groups"("category", "wasted_bytes", "sha256", "size_bytes");

-- Where an item with a hash came, went or changed, its copies are counted anew, behind. A scan stores items without a hash,
-- and pays for nothing here.
CREATE TRIGGER "media_items_duplicates_on_insert" AFTER INSERT ON "media_items" WHEN new."sha256" IS NOT NULL BEGIN
  INSERT INTO "duplicate_changes"("sha256") VALUES (new."sha256");
END;
CREATE TRIGGER "media_items_duplicates_on_update" AFTER UPDATE OF "sha256", "shelf_id", "size_bytes" ON "media_items"
WHEN old."sha256" IS NOT new."sha256"
  OR (new."sha256" IS NOT NULL AND (old."shelf_id" <> new."shelf_id" OR old."size_bytes" <> new."size_bytes")) BEGIN
  INSERT INTO "duplicate_changes"("sha256") SELECT old."sha256" WHERE old."sha256" IS NOT NULL;
  INSERT INTO "duplicate_changes"("sha256")
  SELECT new."sha256" WHERE new."sha256" IS NOT NULL AND old."sha256" IS NOT new."sha256";
END;
CREATE TRIGGER "media_items_duplicates_on_delete" AFTER DELETE ON "media_items" WHEN old."sha256" IS NOT NULL BEGIN
  INSERT INTO "duplicate_changes"("sha256") VALUES (old."sha256");
END;

-- What was hashed before.
INSERT INTO "duplicate_changes"("sha256")
SELECT "sha256" FROM "media_items" WHERE "sha256" IS NOT NULL GROUP BY "sha256" HAVING count(*) > 1;

-- Songs by the albums that their tags name. A file that was just found has none, so a scan does not wait for the index.
ALTER TABLE "media_items" ADD COLUMN "album_order" TEXT;
CREATE INDEX "media_items_shelf_id_album_order_id_idx" ON "media_items"("shelf_id", "album_order", "id") WHERE "album_order" IS NOT NULL;
